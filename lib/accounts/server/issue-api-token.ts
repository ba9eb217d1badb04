import "server-only";

import { randomBytes } from "node:crypto";
import type { ApiToken } from "#lib/accounts/model";
import type { CreateApiTokenInput } from "#lib/accounts/schema";
import { hashToken } from "#lib/accounts/server/hash-token";
import { insertToken } from "#lib/accounts/server/store";
import { recordAudit } from "#lib/audit/server/record-audit";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { inTransaction } from "#lib/platform/db/client";

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
