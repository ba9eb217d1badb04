import "server-only";
import { AppError } from "#foundation/core/errors";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { attachmentNamed } from "#foundation/platform/http/content-disposition";
import type { ExportFormat } from "#phones/check-log/export-lines";
import { EXPORT_FORMATS } from "#phones/check-log/export-lines";
import type { ExportList } from "#phones/exports/model";
import { exportList } from "#phones/exports/server/export-list";

const CONTENT_TYPES = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;

/**
 * The format in which a request wants the whole list: `format` in its query, or `text/csv` in `Accept`. Null: it wants one
 * page as JSON. Throws `invalid_input` for another format.
 */
export function wantedExport(request: Request): ExportFormat | null {
  const given = new URL(request.url).searchParams.get("format");
  if (given === null) {
    return /\btext\/csv\b/i.test(request.headers.get("accept") ?? "") ? "csv" : null;
  }
  const format = EXPORT_FORMATS.find((known) => known === given);
  if (format === undefined) {
    const message = `One of ${EXPORT_FORMATS.join(", ")}.`;
    throw new AppError("invalid_input", "The request does not match the expected shape.", {
      fields: [{ path: "query.format", message }],
    });
  }
  return format;
}

/** Answers with all rows of a list that match the query, as a file. */
export async function answerExport(
  context: UseCaseContext,
  request: Request,
  { list, format }: { readonly list: ExportList; readonly format: ExportFormat },
): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const query = new Map<string, string>();
  for (const [name, value] of searchParams) {
    if (query.has(name)) {
      // One of the values would be lost, and the export would have other rows than asked for.
      throw new AppError("invalid_input", "The request does not match the expected shape.", {
        fields: [{ path: `query.${name}`, message: "Given more than once." }],
      });
    }
    query.set(name, value);
  }
  query.delete("format");
  const rows = await exportList(context, { list, format, query: Object.fromEntries(query) });
  return new Response(rows, {
    headers: {
      "content-type": CONTENT_TYPES[format],
      "content-disposition": attachmentNamed(`${list}.${format}`),
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
