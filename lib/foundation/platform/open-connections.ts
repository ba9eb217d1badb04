import "server-only";
import type { Server, Socket } from "node:net";
import type { KeyedSlots } from "#foundation/core/keyed-slots";
import { keyedSlots } from "#foundation/core/keyed-slots";
import { env } from "#foundation/platform/env";
import { toNetwork, toRangeTest } from "#foundation/platform/ip-ranges";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Which side of the firewall a listener is on; whoever crowds one must not shut the other. */
export type ListenerSide = "internal" | "external";

export type ConnectionsOptions = {
  readonly side: ListenerSide;
  /** Ends a connection that is one too many. */
  readonly refuse: (socket: Socket) => void;
};

/** How many connections are open on the listeners of a side, whether or not anything was asked on them yet. */
export function openConnections(side: ListenerSide): { count: number } {
  return oncePerProcess(`open connections, ${side}`, () => ({ count: 0 }));
}

/**
 * Includes the connections of a server in the count of its side, and refuses those beyond the limits of the side and of
 * their address. A trusted proxy brings the requests of many phones, so only the side limits its connections.
 */
export function countConnections(server: Server, { side, refuse }: ConnectionsOptions): void {
  const open = openConnections(side);
  const { ofSide, isTrustedProxy } = limitsOf(side);
  server.on("connection", (socket) => {
    const address = socket.remoteAddress ?? "unknown";
    // A key of its own for each connection: no limit by address.
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
