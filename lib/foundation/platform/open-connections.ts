import "server-only";
import type { Server, Socket } from "node:net";
import type { KeyedSlots } from "#foundation/core/keyed-slots";
import { keyedSlots } from "#foundation/core/keyed-slots";
import { env } from "#foundation/platform/env";
import { toNetwork, toRangeTest } from "#foundation/platform/ip-ranges";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** The side of the firewall that a listener serves. A crowd on one side must not block the other. */
export type ListenerSide = "internal" | "external";

export type ConnectionsOptions = {
  readonly side: ListenerSide;
  /** Ends a connection that is beyond a limit. */
  readonly refuse: (socket: Socket) => void;
};

/** The number of open connections on the listeners of a side, including those without a request so far. */
export function openConnections(side: ListenerSide): { count: number } {
  return oncePerProcess(`open connections, ${side}`, () => ({ count: 0 }));
}

/**
 * Counts the connections of a server for its side, and refuses those beyond the limits of the side and of their
 * address. A trusted proxy carries the requests of many phones, so its connections count only for the side.
 */
export function countConnections(server: Server, { side, refuse }: ConnectionsOptions): void {
  const open = openConnections(side);
  const { ofSide, isTrustedProxy } = limitsOf(side);
  server.on("connection", (socket) => {
    const address = socket.remoteAddress ?? "unknown";
    // A unique key for each connection means: no limit by address.
    const key = isTrustedProxy(address) ? Symbol(address) : toNetwork(address);
    const release = ofSide.take(key);
    if (release === null) {
      refuse(socket);
      return;
    }
    open.count += 1;
    socket.once("close", () => {
      open.count -= 1;
      release();
    });
  });
}

function limitsOf(side: ListenerSide): {
  readonly ofSide: KeyedSlots;
  readonly isTrustedProxy: (address: string) => boolean;
} {
  return oncePerProcess(`connection limits, ${side}`, () => {
    const { MAX_CONNECTIONS, MAX_CONNECTIONS_PER_ADDRESS, TRUSTED_PROXIES } = env();
    return {
      ofSide: keyedSlots({ max: MAX_CONNECTIONS, maxPerKey: MAX_CONNECTIONS_PER_ADDRESS }),
      isTrustedProxy: toRangeTest(TRUSTED_PROXIES),
    };
  });
}
