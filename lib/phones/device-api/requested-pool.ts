import { findPoolByHost } from "#phones/check/rule-table";
import { ruleTableState } from "#phones/check/server/rule-table-loader";
import type { DeviceContext } from "#phones/device-api/device-env";
import { hostKey } from "#foundation/core/host-name";

/** The pool that a request names in its query, and the host that it was sent to. */
export function requestedPool(c: DeviceContext): {
  readonly poolFqdn: string | null;
  readonly host: string | null;
} {
  return { poolFqdn: c.req.query("pool") ?? null, host: c.req.header("host") ?? null };
}

/** The pool that a request is for, if any. Null also while the rules are not loaded. */
export function poolIdOf(c: DeviceContext): string | null {
  const { table } = ruleTableState();
  if (table === null) {
    return null;
  }
  const { poolFqdn, host } = requestedPool(c);
  const pool =
    poolFqdn === null ? findPoolByHost(table, host) : (table.pools.get(hostKey(poolFqdn)) ?? null);
  return pool?.pool.id ?? null;
}
