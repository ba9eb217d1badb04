import "server-only";

import type { Account } from "#access/accounts/model";
import { findAccounts } from "#access/accounts/server/store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

/** All accounts by name. Not paged: few people administer phones. */
export async function listAccounts(context: UseCaseContext): Promise<readonly Account[]> {
  requirePermission(context.actor, "account:manage");
  return findAccounts(db);
}
