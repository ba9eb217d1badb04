import "server-only";

import type { CreateApiTokenInput } from "#lib/accounts/schema";
import type { IssuedToken } from "#lib/accounts/server/issue-api-token";
import { issueApiTokenUnchecked } from "#lib/accounts/server/issue-api-token";
import { AppError } from "#lib/core/errors";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";

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
