import { aContext } from "#foundation/core/testing/contexts";
import { EVERY_CHECK } from "#phones/check-log/search-params";
import { EXPORT_FORMATS } from "#phones/check-log/export-lines";
import type { ExportFormat } from "#phones/check-log/export-lines";
import { exportChecks } from "#phones/check-log/server/export-checks";
import { exportList } from "#phones/exports/server/export-list";

type Lines = ReadableStream<Uint8Array>;

/** An export of more rows is cancelled: its rate is known by then. */
const MAX_ROWS = 100_000;

/** Exports the phones and the check log in both formats, once each, and prints a Markdown table. */
export async function measureExports(now: Date): Promise<void> {
  const context = aContext({ now });
  const exports: readonly (readonly [string, (format: ExportFormat) => Promise<Lines>])[] = [
    ["phones", (format) => exportList(context, { list: "devices", format, query: {} })],
    ["checks", (format) => Promise.resolve(exportChecks(context, EVERY_CHECK, format))],
  ];
  console.log(
    "\n| export | first byte, ms | rows | rows/s | MB |\n| --- | ---: | ---: | ---: | ---: |",
  );
  for (const [title, begin] of exports) {
    for (const format of EXPORT_FORMATS) {
      console.log(`| ${title}, ${format} | ${await readExport(() => begin(format))} |`);
    }
  }
}

async function readExport(begin: () => Promise<Lines>): Promise<string> {
  const begunAt = performance.now();
  let firstByteMs: number | null = null;
  let bytes = 0;
  let lines = 0;
  for await (const chunk of await begin()) {
    firstByteMs ??= performance.now() - begunAt;
    bytes += chunk.length;
    lines += countLines(chunk);
    if (lines >= MAX_ROWS) {
      break;
    }
  }
  const seconds = (performance.now() - begunAt) / 1000;
  return [
    (firstByteMs ?? 0).toFixed(0),
    String(lines),
    (lines / seconds).toFixed(0),
    (bytes / 1_000_000).toFixed(1),
  ].join(" | ");
}

const NEW_LINE = 0x0a;

function countLines(chunk: Uint8Array): number {
  let lines = 0;
  for (let at = chunk.indexOf(NEW_LINE); at >= 0; at = chunk.indexOf(NEW_LINE, at + 1)) {
    lines += 1;
  }
  return lines;
}
