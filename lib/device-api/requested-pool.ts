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

/** The name in a `Host` header. */
export function withoutPort(host: string): string {
  return host.replace(/:\d+$/, "");
}
