import "server-only";
import { Buffer } from "node:buffer";
import type { ExportFormat, ExportWriter } from "#phones/check-log/export-lines";
import { EXPORT_WRITERS } from "#phones/check-log/export-lines";
import type { CheckEntry } from "#phones/check-log/check-row";
import type { CheckFilter } from "#phones/check-log/search-params";
import { everyCheck } from "#phones/check-log/server/list-checks";
import type { UseCaseContext } from "#foundation/core/use-case-context";

/** Streams checks as a file; at most one batch is in memory. */
export function exportChecks(
  context: UseCaseContext,
  filter: CheckFilter,
  format: ExportFormat,
): ReadableStream<Uint8Array> {
  const chunks = toChunks(everyCheck(context, filter), EXPORT_WRITERS[format]);
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await chunks.next();
      if (next.done === true) {
        controller.close();
      } else {
        controller.enqueue(Buffer.from(next.value));
      }
    },
    cancel: async () => {
      await chunks.return(undefined);
    },
  });
}

async function* toChunks(
  batches: AsyncGenerator<readonly CheckEntry[]>,
  { begin, write, end }: ExportWriter,
): AsyncGenerator<string, undefined> {
  yield begin;
  let count = 0;
  for await (const batch of batches) {
    const from = count;
    yield batch.map((check, index) => write(check, from + index)).join("");
    count += batch.length;
  }
  yield end;
  return undefined;
}
