import "server-only";

import { createHash } from "node:crypto";
import { AppError } from "#foundation/core/errors";
import { isDiskFull } from "#foundation/core/error-code";
import type { StagedUpload } from "#firmware/files/server/uploads";
import { newUploadName, writeUpload } from "#firmware/files/server/uploads";

export type UploadLimits = {
  readonly maxBytes: number;
  /** The maximum time without data from the sender. */
  readonly idleMs: number;
  /** The announced size; null if unknown. Without it, a body that ends early may look complete. */
  readonly announcedBytes: number | null;
};

/**
 * Streams a body to the content store and hashes it, without holding it in memory. On any failure (too large, idle,
 * aborted, disk full, store away) nothing of it stays.
 */
export async function stageUpload(
  body: AsyncIterable<Uint8Array>,
  limits: UploadLimits,
): Promise<StagedUpload> {
  if (limits.announcedBytes !== null && limits.announcedBytes > limits.maxBytes) {
    throw uploadTooLarge(limits.maxBytes);
  }
  const name = await newUploadName();
  const hash = createHash("sha256");
  let sizeBytes = 0;
  try {
    await writeUpload(
      name,
      withinLimits(body, limits, (chunk) => {
        hash.update(chunk);
        sizeBytes += chunk.length;
      }),
    );
    return { name, sha256: hash.digest("hex"), sizeBytes };
  } catch (error) {
    throw isDiskFull(error) ? diskFull(error) : error;
  }
}

async function* withinLimits(
  body: AsyncIterable<Uint8Array>,
  { maxBytes, idleMs, announcedBytes }: UploadLimits,
  note: (chunk: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const chunk of withIdleLimit(body, idleMs)) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxBytes) {
      throw uploadTooLarge(maxBytes);
    }
    note(chunk);
    yield chunk;
  }
  if (announcedBytes !== null && sizeBytes !== announcedBytes) {
    throw uploadIncomplete();
  }
}

async function* withIdleLimit(
  body: AsyncIterable<Uint8Array>,
  idleMs: number,
): AsyncGenerator<Uint8Array> {
  const iterator = body[Symbol.asyncIterator]();
  let isComplete = false;
  try {
    for (;;) {
      const next = await inTime(received(iterator.next()), idleMs);
      if (next.done === true) {
        isComplete = true;
        return;
      }
      yield next.value;
    }
  } finally {
    if (!isComplete) {
      // Cancels the body. Not awaited, because an idle body does not answer this either.
      iterator.return?.().catch(() => undefined);
    }
  }
}

/**
 * Translates a broken connection to the sender. Its error is not kept as the cause, because socket error codes
 * (`ECONNRESET`) are also the codes of a database outage.
 */
async function received<T>(chunk: Promise<T>): Promise<T> {
  try {
    return await chunk;
  } catch {
    throw uploadIncomplete();
  }
}

async function inTime<T>(promise: Promise<T>, idleMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(uploadIncomplete());
    }, idleMs);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}

function uploadIncomplete(): AppError {
  return new AppError("invalid_input", "The upload stopped before it was complete.", {
    reason: { code: "upload_incomplete" },
  });
}

function uploadTooLarge(maxBytes: number): AppError {
  return new AppError(
    "payload_too_large",
    `The file is larger than ${maxBytes} bytes, which is the limit (MAX_UPLOAD_BYTES).`,
    { reason: { code: "upload_too_large", maxBytes } },
  );
}

function diskFull(cause: unknown): AppError {
  return new AppError(
    "invalid_state",
    "The disk with the data directory is full. Make room and upload the file again.",
    { cause, reason: { code: "upload_disk_full" } },
  );
}
