import "server-only";
import type { Server } from "node:net";
import { oncePerProcess } from "#lib/platform/once-per-process";

/** Which side of the firewall a listener is on; whoever crowds one must not shut the other. */
export type ListenerSide = "internal" | "external";

/** How many connections are open on the listeners of a side, whether or not anything was asked on them yet. */
export function openConnections(side: ListenerSide): { count: number } {
  return oncePerProcess(`open connections, ${side}`, () => ({ count: 0 }));
}

/** Includes the connections of a server in the count of its side. */
export function countConnections(server: Server, side: ListenerSide): void {
  const open = openConnections(side);
  server.on("connection", (socket) => {
    open.count += 1;
    socket.once("close", () => {
      open.count -= 1;
    });
  });
}
