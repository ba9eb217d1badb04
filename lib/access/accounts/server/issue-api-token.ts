import "server-only";

import type { ApiToken } from "#access/accounts/model";
import type { CreateApiTokenInput } from "#access/accounts/schema";
import { createToken, tokenExpiry } from "#foundation/platform/tokens";
import { insertToken } from "#access/accounts/server/store";
import { recordAudit } from "#foundation/audit/server/record-audit";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";

export type IssuedToken = {
  readonly token: ApiToken;
  /** Returned once and never stored. */
  readonly secret: string;
};

export type TokenOptions = CreateApiTokenInput & {
  readonly account: { readonly id: string; readonly name: string };
};

/** Creates a token for an account. The calling use case checks the permission. */
export async function issueApiTokenUnchecked(
  context: UseCaseContext,
  { account, name, keepDays }: TokenOptions,
): Promise<IssuedToken> {
  const { secret, hash } = createToken("ucu_");
  const expiresAt = tokenExpiry(context.now, keepDays);
  const token = await inTransaction(async (tx) => {
    const created = await insertToken(tx, {
      accountId: account.id,
      name,
      tokenHash: hash,
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
