import "server-only";

import type { RevokeApiTokenInput } from "#access/accounts/schema";
import { deleteToken, findTokenById } from "#access/accounts/server/store";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { may, requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";

/** Revokes a token: one of the caller's own, or any token if the caller manages accounts. */
export async function revokeApiToken(
  context: UseCaseContext,
  { tokenId }: RevokeApiTokenInput,
): Promise<void> {
  requirePermission(context.actor, "token:own");
  await inTransaction(async (tx) => {
    const token = await findTokenById(tx, tokenId);
    const isOwn = token?.accountId === context.actor.id;
    if (token === null || (!isOwn && !may(context.actor, "account:manage"))) {
      throw new AppError("not_found", "This token no longer exists.");
    }
    await deleteToken(tx, tokenId);
    await recordAudit(tx, context, [
      {
        action: "api_token.revoked",
        subject: { kind: "api_token", id: token.id, name: token.name },
        facts: { account: token.accountName },
      },
    ]);
  });
}
