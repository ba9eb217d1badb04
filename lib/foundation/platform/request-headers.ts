import "server-only";
import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import { IncomingMessage } from "node:http";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Overwrites a header for every reader: Node reads one list of headers, Hono the other. */
export function setRequestHeader(request: IncomingMessage, name: string, value: string): void {
  const kept = request.rawHeaders.flatMap((header, index, all) =>
    index % 2 === 0 && header.toLowerCase() !== name ? [header, all[index + 1] ?? ""] : [],
  );
  request.rawHeaders = [...kept, name, value];
  request.headers[name] = value;
}

const HEADER = "x-ucupdates-peer";

/**
 * Writes the address of the socket into each request that any HTTP server of this process receives, for routes of Next,
 * which do not see the socket. The address is preceded by a secret of the process, so a client cannot forge it.
 */
export function addPeerHeaders(
  onRequest: (request: IncomingMessage, address: string) => void,
): void {
  subscribe("http.server.request.start", (message) => {
    const request = requestOf(message);
    const address = request?.socket.remoteAddress;
    if (request !== null && address !== undefined) {
      setRequestHeader(request, HEADER, `${secret()} ${address}`);
      onRequest(request, address);
    }
  });
}

/** The address of the socket of a request; null where `addPeerHeaders` does not run. */
export function findPeerAddress(headers: Pick<Headers, "get">): string | null {
  const prefix = `${secret()} `;
  const value = headers.get(HEADER) ?? "";
  return value.startsWith(prefix) ? value.slice(prefix.length) : null;
}

function requestOf(message: unknown): IncomingMessage | null {
  const request =
    typeof message === "object" && message !== null && "request" in message
      ? message.request
      : null;
  return request instanceof IncomingMessage ? request : null;
}

function secret(): string {
  return oncePerProcess("secret of peers", () => randomUUID());
}
