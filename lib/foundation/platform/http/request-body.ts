import "server-only";
import { Buffer } from "node:buffer";
import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "#foundation/core/errors";

/** The body as it arrives; empty if the request has none. */
export async function* bodyOf(request: Request): AsyncGenerator<Uint8Array> {
  if (request.body !== null) {
    yield* request.body;
  }
}

/**
 * Throws `unsupported_media_type` for a form, whose bytes are not those of the file in it. Every other type is the file:
 * `curl --data-binary` declares a form of another kind.
 */
export function requireFileBody({ headers }: Request): void {
  if (/^\s*multipart\//i.test(headers.get("content-type") ?? "")) {
    throw new AppError(
      "unsupported_media_type",
      "Send the file itself as the body, not in a form: for curl, --data-binary @FILE or -T FILE, not -F.",
    );
  }
}

/** The Content-Length of a request; null without one. */
export function announcedBytes(request: Request): number | null {
  const header = request.headers.get("content-length");
  return header !== null && /^\d+$/.test(header) ? Number(header) : null;
}

/**
 * Reads the body as text, at most `limitBytes` of it. A larger body is refused by its Content-Length before a byte is
 * read, or, without Content-Length, as soon as it exceeds the limit.
 */
export async function readBody(request: Request, limitBytes: number): Promise<string> {
  const declared = request.headers.get("content-length");
  if (declared === null) {
    return readCounted(request, limitBytes);
  }
  if (Number(declared) > limitBytes) {
    throw tooLarge(limitBytes);
  }
  // Node's HTTP parser enforces Content-Length. Only bodies without it are counted again, because reading through a
  // stream costs several times what the whole check costs.
  return request.text();
}

/** The same as bytes, for a body that need not be UTF-8. */
export async function readBodyBytes(request: Request, limitBytes: number): Promise<Uint8Array> {
  const declared = request.headers.get("content-length");
  if (declared === null) {
    return Buffer.concat(await readChunks(request, limitBytes));
  }
  if (Number(declared) > limitBytes) {
    throw tooLarge(limitBytes);
  }
  return new Uint8Array(await request.arrayBuffer());
}

async function readCounted(request: Request, limitBytes: number): Promise<string> {
  return new TextDecoder().decode(Buffer.concat(await readChunks(request, limitBytes)));
}

async function readChunks(request: Request, limitBytes: number): Promise<readonly Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of request.body ?? []) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > limitBytes) {
      throw tooLarge(limitBytes);
    }
    chunks.push(chunk);
  }
  return chunks;
}

function tooLarge(limitBytes: number): AppError {
  return new AppError("payload_too_large", `The body may have at most ${limitBytes} bytes.`);
}

type BodyStartOptions = { readonly limitBytes: number; readonly withinMs: number };

/**
 * Reads the first bytes of a body that is refused, as far as they arrive in time. Never throws. The rest is left
 * unread: cancelling the stream would close the connection before the response is sent.
 */
export async function readBodyStart(
  request: Request,
  { limitBytes, withinMs }: BodyStartOptions,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  if (request.bodyUsed || request.body === null || request.body.locked) {
    return Buffer.concat(chunks);
  }
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  const stop = new AbortController();
  const deadline = pause(withinMs, null, { ref: false, signal: stop.signal }).catch(() => null);
  try {
    let sizeBytes = 0;
    while (sizeBytes < limitBytes) {
      const read = await Promise.race([reader.read(), deadline]);
      if (read?.value === undefined) {
        break;
      }
      chunks.push(read.value);
      sizeBytes += read.value.byteLength;
    }
  } catch {
    // A sender that disconnects in the middle: the bytes so far are the result.
  } finally {
    stop.abort();
    releaseQuietly(reader);
  }
  return Buffer.concat(chunks).subarray(0, limitBytes);
}

/** A pending read rejects when the lock is released; its result is no longer needed. */
function releaseQuietly(reader: ReadableStreamDefaultReader<Uint8Array>): void {
  reader.closed.catch(() => undefined);
  reader.releaseLock();
}
