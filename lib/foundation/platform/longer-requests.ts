import "server-only";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** Until when a request on a connection may arrive; only for those that may take longer than all others. */
const allowedUntilMs = new WeakMap<Duplex, number>();

/**
 * Lets a request arrive for longer than the listener allows by itself, from now on. For uploads, once the sender is known;
 * the connection is closed when the time is over.
 */
export function allowLonger(request: IncomingMessage, seconds: number): void {
  const milliseconds = seconds * 1000;
  allowedUntilMs.set(request.socket, Date.now() + milliseconds);
  const timer = setTimeout(() => {
    if (!request.complete) {
      request.socket.destroy();
    }
  }, milliseconds);
  timer.unref();
  request.once("close", () => {
    clearTimeout(timer);
    allowedUntilMs.delete(request.socket);
  });
}

/** Whether what arrives on a connection has been allowed to take longer. */
export function mayTakeLonger(socket: Duplex): boolean {
  return (allowedUntilMs.get(socket) ?? 0) > Date.now();
}
