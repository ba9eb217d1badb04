import "server-only";
import { Buffer } from "node:buffer";
import { AppError } from "#foundation/core/errors";

/**
 * The body as text, never more than `limitBytes` of it. A larger one is refused by what it declares before a byte
 * is read, or, where it declares nothing, as soon as it passes the limit.
 */
export async function readBody(request: Request, limitBytes: number): Promise<string> {
  const declared = request.headers.get("content-length");
  if (declared === null) {
    return readCounted(request, limitBytes);
  }
  if (Number(declared) > limitBytes) {
    throw tooLarge(limitBytes);
  }
  // The HTTP parser of Node holds a sender to the length it declared. Counting again is left to bodies without one:
  // reading through a stream costs several times what the whole check does.
  return request.text();
}

/** The same as bytes, for what need not be UTF-8. */
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
