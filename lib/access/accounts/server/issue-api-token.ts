import "server-only";

import { randomBytes } from "node:crypto";
import type { ApiToken } from "#access/accounts/model";
import type { CreateApiTokenInput } from "#access/accounts/schema";
import { hashToken } from "#foundation/platform/hash-token";
import { insertToken } from "#access/accounts/server/store";
import { recordAudit } from "#foundation/audit/server/record-audit";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";

const DAY_MS = 86_400_000;

export type IssuedToken = {
  readonly token: ApiToken;
  /** Returned once and never stored. */
  readonly secret: string;
};

export type TokenWish = CreateApiTokenInput & {
  readonly account: { readonly id: string; readonly name: string };
};

/** Makes a token for an account. The caller has authorised. */
export async function issueApiTokenUnchecked(
  context: UseCaseContext,
  { account, name, keepDays }: TokenWish,
): Promise<IssuedToken> {
  const secret = `ucu_${randomBytes(32).toString("base64url")}`;
  const expiresAt = keepDays === null ? null : new Date(context.now.getTime() + keepDays * DAY_MS);
  const token = await inTransaction(async (tx) => {
    const created = await insertToken(tx, {
      accountId: account.id,
      name,
      tokenHash: hashToken(secret),
      createdAt: context.now,
      expiresAt,
    });
    await recordAudit(tx, context, [
      {
        action: "api_token.created",
        subject: { kind: "api_token", id: created.id, name },
        facts: { account: account.name, expiresAt: expiresAt?.toISOString() ?? null },
      },
    ]);
    return created;
  });
  return { token, secret };
}
