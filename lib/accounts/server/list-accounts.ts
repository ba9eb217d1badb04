import "server-only";

import type { Account } from "#lib/accounts/model";
import { findAccounts } from "#lib/accounts/server/store";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { db } from "#lib/platform/db/client";

/** All accounts by name. Not paged: people who administer phones are few. */
export async function listAccounts(context: UseCaseContext): Promise<readonly Account[]> {
  requirePermission(context.actor, "account:manage");
  return findAccounts(db);
}
