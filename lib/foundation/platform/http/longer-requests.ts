import "server-only";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Until when a request on a connection may arrive. Holds only connections that may take longer than the default. */
const allowedUntilMs = new WeakMap<Duplex, number>();

/**
 * From now on, gives a request more time to arrive than the listener's default. For uploads, once the sender is known.
 * The connection is closed when the time is over.
 */
export function extendRequestTimeout(request: IncomingMessage, seconds: number): void {
  const milliseconds = seconds * 1000;
  allowedUntilMs.set(request.socket, performance.now() + milliseconds);
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

/** Whether a request on this connection may take longer to arrive than the default. */
export function hasExtendedTimeout(socket: Duplex): boolean {
  return (allowedUntilMs.get(socket) ?? 0) > performance.now();
}

/** Set by the listener of this process on every upload; it replaces what the client sent under that name. */
export const UPLOAD_HEADER = "x-ucupdates-upload";

/** Functions that extend the time of an upload, by the id in its header, while its sender is unknown. */
export function pendingUploads(): Map<string, () => void> {
  return oncePerProcess("uploads of unknown senders", () => new Map<string, () => void>());
}

/**
 * Extends the time limit of an upload. Its route calls this once the sender is known. Has no effect without the
 * listener of this process.
 */
export function admitUpload(headers: Headers): void {
  pendingUploads().get(headers.get(UPLOAD_HEADER) ?? "")?.();
}
