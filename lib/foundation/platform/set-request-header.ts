import type { IncomingMessage } from "node:http";

/** Overwrites a header for every reader: Node's readers look into one list, Hono's into the other. */
export function setRequestHeader(request: IncomingMessage, name: string, value: string): void {
  const kept = request.rawHeaders.flatMap((header, index, all) =>
    index % 2 === 0 && header.toLowerCase() !== name ? [header, all[index + 1] ?? ""] : [],
  );
  request.rawHeaders = [...kept, name, value];
  request.headers[name] = value;
}
