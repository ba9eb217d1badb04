import "server-only";
import { Buffer } from "node:buffer";
import { setTimeout as pause } from "node:timers/promises";

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
