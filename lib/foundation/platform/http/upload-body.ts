import "server-only";

/** The body as it arrives, for whoever writes it somewhere; empty where there is none. */
export async function* bodyOf(request: Request): AsyncGenerator<Uint8Array> {
  if (request.body !== null) {
    yield* request.body;
  }
}

/** How long the sender says the body is; null where it does not say. */
export function announcedBytes(request: Request): number | null {
  const header = request.headers.get("content-length");
  return header !== null && /^\d+$/.test(header) ? Number(header) : null;
}
