import "server-only";

/** The body as it arrives; empty if the request has none. */
export async function* bodyOf(request: Request): AsyncGenerator<Uint8Array> {
  if (request.body !== null) {
    yield* request.body;
  }
}

/** The Content-Length of a request; null without one. */
export function announcedBytes(request: Request): number | null {
  const header = request.headers.get("content-length");
  return header !== null && /^\d+$/.test(header) ? Number(header) : null;
}
