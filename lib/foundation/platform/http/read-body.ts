import "server-only";
import { Buffer } from "node:buffer";
import { AppError } from "#foundation/core/errors";

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
