import { findPoolByHost } from "#lib/check/rule-table";
import { ruleTableState } from "#lib/check/server/rule-table-loader";
import type { DeviceContext } from "#lib/device-api/device-env";

/** What a request says about the pool it is meant for. */
export function requestedPool(c: DeviceContext): {
  readonly poolFqdn: string | null;
  readonly host: string | null;
} {
  const host = c.req.header("host");
  return {
    poolFqdn: c.req.query("pool") ?? null,
    host: host === undefined ? null : withoutPort(host),
  };
}

/** The pool that a request reaches, if any; null also while the rules are not loaded. */
export function poolIdOf(c: DeviceContext): string | null {
  const { table } = ruleTableState();
  if (table === null) {
    return null;
  }
  const { poolFqdn, host } = requestedPool(c);
  const pool =
    poolFqdn === null
      ? findPoolByHost(table, host)
      : (table.pools.get(poolFqdn.toLowerCase()) ?? null);
  return pool?.pool.id ?? null;
}

/** The name in a `Host` header. */
export function withoutPort(host: string): string {
  return host.replace(/:\d+$/, "");
}
