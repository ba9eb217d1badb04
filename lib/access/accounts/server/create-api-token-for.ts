import "server-only";

import type { CreateApiTokenForInput } from "#access/accounts/schema";
import type { IssuedToken } from "#access/accounts/server/issue-api-token";
import { issueApiTokenUnchecked } from "#access/accounts/server/issue-api-token";
import { findAccountByName } from "#access/accounts/server/store";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

/** Creates a token for any account; the audit entry names the creator. */
export async function createApiTokenFor(
  context: UseCaseContext,
  { accountName, name, keepDays }: CreateApiTokenForInput,
): Promise<IssuedToken> {
  requirePermission(context.actor, "account:manage");
  const account = await findAccountByName(db, accountName);
  if (account === null) {
    throw new AppError("not_found", `There is no account ${accountName}.`);
  }
  const { id, name: properName } = account;
  return issueApiTokenUnchecked(context, { account: { id, name: properName }, name, keepDays });
}
