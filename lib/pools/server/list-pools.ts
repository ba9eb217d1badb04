import "server-only";

import type { Pool, Site } from "#lib/pools/model";
import { findPools, findSites } from "#lib/pools/server/store";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { db } from "#lib/platform/db/client";

/** All pools by name. Not paged: an organisation has tens, not thousands. */
export async function listPools(context: UseCaseContext): Promise<readonly Pool[]> {
  requirePermission(context.actor, "pool:read");
  return findPools(db);
}

export async function listSites(context: UseCaseContext): Promise<readonly Site[]> {
  requirePermission(context.actor, "pool:read");
  return findSites(db);
}
