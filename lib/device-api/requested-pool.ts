import type { DeviceContext } from "#lib/device-api/device-env";

/** What a request says about the pool it is meant for. */
export function requestedPool(c: DeviceContext): {
  readonly poolFqdn: string | null;
  readonly host: string | null;
} {
  return { poolFqdn: c.req.query("pool") ?? null, host: c.req.header("host") ?? null };
}
