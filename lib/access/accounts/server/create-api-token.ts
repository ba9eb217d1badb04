import "server-only";

import type { CreateApiTokenInput } from "#access/accounts/schema";
import type { IssuedToken } from "#access/accounts/server/issue-api-token";
import { issueApiTokenUnchecked } from "#access/accounts/server/issue-api-token";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";

/** Creates a token for the caller's own account. The secret is returned once and never stored. */
export async function createApiToken(
  context: UseCaseContext,
  { name, keepDays }: CreateApiTokenInput,
): Promise<IssuedToken> {
  requirePermission(context.actor, "token:own");
  const { id, name: accountName } = context.actor;
  if (id === null) {
    throw new AppError("invalid_state", "A token belongs to an account; sign in to create one.");
  }
  return issueApiTokenUnchecked(context, { account: { id, name: accountName }, name, keepDays });
}
