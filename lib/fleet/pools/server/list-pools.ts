import "server-only";

import type { Pool } from "#fleet/pools/model";
import { findPools } from "#fleet/pools/server/store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

/** All pools by name. Not paged: an organisation has tens, not thousands. */
export async function listPools(context: UseCaseContext): Promise<readonly Pool[]> {
  requirePermission(context.actor, "pool:read");
  return findPools(db);
}
