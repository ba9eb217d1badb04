import "server-only";

import { hostKey } from "#foundation/core/host-name";
import type { Pool } from "#fleet/pools/model";
import { findPools } from "#fleet/pools/server/store";
import type { Db } from "#foundation/platform/db/client";

/** Finds a pool by name without regard to case; null if there is none. The caller has checked the permission. */
export async function findPoolByNameUnchecked(db: Db, fqdn: string): Promise<Pool | null> {
  const pools = await findPools(db);
  const key = hostKey(fqdn);
  return pools.find((pool) => hostKey(pool.fqdn) === key) ?? null;
}
