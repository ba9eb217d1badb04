import "server-only";
import type { Server } from "node:net";
import { oncePerProcess } from "#lib/platform/once-per-process";

/** How many connections are open on all listeners of this process, whether or not anything was asked on them yet. */
export function openConnections(): { count: number } {
  return oncePerProcess("open connections", () => ({ count: 0 }));
}

/** Includes the connections of a server in the count. */
export function countConnections(server: Server): void {
  const open = openConnections();
  server.on("connection", (socket) => {
    open.count += 1;
    socket.once("close", () => {
      open.count -= 1;
    });
  });
}
