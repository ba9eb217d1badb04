import "server-only";

import type { ApiToken } from "#access/accounts/model";
import { findTokensOfAccount, findAllTokens } from "#access/accounts/server/store";
import { may, requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

/** The caller's own tokens, or the tokens of all accounts if the caller manages accounts. */
export async function listApiTokens(context: UseCaseContext): Promise<readonly ApiToken[]> {
  requirePermission(context.actor, "token:own");
  if (may(context.actor, "account:manage")) {
    return findAllTokens(db);
  }
  return context.actor.id === null ? [] : findTokensOfAccount(db, context.actor.id);
}
