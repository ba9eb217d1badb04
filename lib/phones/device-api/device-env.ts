import type { Context } from "hono";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Caller } from "#access/credentials/model";
import type { Side } from "#fleet/devices/model";
import { hostKey } from "#foundation/core/host-name";
import { findPoolByHost } from "#phones/check/rule-table";
import { ruleTableState } from "#phones/check/server/rule-table-loader";

/** What the host (Node's HTTP server or Next) passes to the device API. */
export type DeviceEnv = {
  Bindings: {
    /** Node's request, on the native mount. Its socket has the peer's address. */
    readonly incoming?: {
      readonly socket: { readonly remoteAddress?: string | undefined };
      /** The request target, not normalised. */
      readonly url?: string | undefined;
      /** Alternating names and values, not normalised. */
      readonly rawHeaders?: readonly string[];
    };
    /** Node's response. It can be written to directly, and can send a header several times. */
    readonly outgoing?: ServerResponse;
    /** Set by the mount in Next, which has no socket. Null: the address is unknown. */
    readonly address?: string | null;
  };
};

export type DeviceContext = Context<DeviceEnv>;

/** A mount on Node's own HTTP server. */
export type NativeListener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** A phone that has been admitted. */
export type DeviceCaller = {
  readonly side: Side;
  readonly address: string;
  /** The owner of the credentials; null inside the firewall. */
  readonly caller: Caller | null;
  /** The caller's name in the check log. */
  readonly accountName: string | null;
  /** The only phone that may use the credentials; null if every phone may. */
  readonly boundMacAddress: string | null;
};

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
