import type { IncomingMessage } from "node:http";

/** Overwrites a header for every reader: Node reads one list of headers, Hono the other. */
export function setRequestHeader(request: IncomingMessage, name: string, value: string): void {
  const kept = request.rawHeaders.flatMap((header, index, all) =>
    index % 2 === 0 && header.toLowerCase() !== name ? [header, all[index + 1] ?? ""] : [],
  );
  request.rawHeaders = [...kept, name, value];
  request.headers[name] = value;
}
