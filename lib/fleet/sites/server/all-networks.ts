import "server-only";
import type { SiteNetwork } from "#fleet/sites/model";
import { findNetworks } from "#fleet/sites/server/store";
import type { Db } from "#foundation/platform/db/client";

/** The networks of all sites within a transaction, for the table in memory that answers phones. */
export function allNetworksUnchecked(tx: Db): Promise<readonly SiteNetwork[]> {
  return findNetworks(tx);
}
