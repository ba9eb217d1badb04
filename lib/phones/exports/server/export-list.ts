import "server-only";
import { Buffer } from "node:buffer";
import { AppError } from "#foundation/core/errors";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import type { ExportFormat } from "#phones/check-log/export-lines";
import type { ExportList } from "#phones/exports/model";
import type { PreparedExport } from "#phones/exports/server/list-exports";
import { LIST_EXPORTS } from "#phones/exports/server/list-exports";

/** Each export keeps one of the connections of its process. */
const MAX_EXPORTS = 3;
const BUSY_RETRY_SECONDS = 10;
/** A snapshot keeps PostgreSQL from cleaning up, so an export may not last for ever. */
const MAX_EXPORT_MS = 15 * 60_000;
/** A reader that takes nothing for so long is gone. */
const MAX_IDLE_MS = 60_000;

export type ExportRequest = {
  readonly list: ExportList;
  readonly format: ExportFormat;
  /** The filters and the order; checked by the list's schema. */
  readonly query: unknown;
};

/**
 * Streams all rows of a list that match a query, as one snapshot of the database shows them. At most two batches of rows
 * are in memory, also if the reader is slow. Errors before the first bytes are thrown; a later one ends the stream with
 * an error. Throws `rate_limited` while other exports use all places.
 */
export async function exportList(
  context: UseCaseContext,
  { list, format, query }: ExportRequest,
): Promise<ReadableStream<Uint8Array>> {
  const prepared = LIST_EXPORTS[list](context, query, format);
  await prepared.checkPlaces();
  const running = oncePerProcess("exports", () => ({ count: 0 }));
  if (running.count >= MAX_EXPORTS) {
    throw new AppError("rate_limited", "Other exports are running. Try again in a moment.", {
      retryAfterSeconds: BUSY_RETRY_SECONDS,
    });
  }
  running.count += 1;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const begun = Promise.withResolvers<undefined>();
  void produce(context, prepared, {
    writer: writable.getWriter(),
    onBegin: () => {
      begun.resolve(undefined);
    },
  })
    .catch((error: unknown) => {
      begun.reject(error);
    })
    .finally(() => {
      running.count -= 1;
    });
  await begun.promise;
  return readable;
}

type Target = {
  readonly writer: WritableStreamDefaultWriter<Uint8Array>;
  /** Called when there is something to send, so that the answer can begin. */
  readonly onBegin: () => void;
};

/** Rejects if the export failed before it began; otherwise a failure ends the stream. */
async function produce(
  context: UseCaseContext,
  prepared: PreparedExport,
  { writer, onBegin }: Target,
): Promise<void> {
  // `isCancelled` is set when the reader goes away, which is no failure.
  const progress = { isBegun: false, isCancelled: false };
  writer.closed.catch(() => {
    progress.isCancelled = true;
  });
  try {
    await inTransaction(
      async (tx) => {
        for await (const text of prepared.texts(context, tx)) {
          // The first row shows that the queries work.
          if (text !== "") {
            const written = writer.write(Buffer.from(text));
            progress.isBegun = true;
            onBegin();
            await withinIdleTime(written);
          }
        }
      },
      { isolation: "RepeatableRead", timeoutMs: MAX_EXPORT_MS },
    );
    await writer.close();
  } catch (error) {
    if (!progress.isBegun) {
      throw error;
    }
    if (!progress.isCancelled) {
      log().error({ err: error, requestId: context.requestId }, "an export ended before its end");
    }
    await writer.abort(error).catch(() => undefined);
  }
}

/** Throws if the reader does not take the bytes in time. */
async function withinIdleTime(written: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    await Promise.race([
      written,
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          reject(new Error("The reader of an export takes no more bytes."));
        }, MAX_IDLE_MS);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}
