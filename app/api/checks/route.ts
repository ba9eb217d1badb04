import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { answerApi } from "#lib/auth/server/answer-api";
import { EXPORT_FORMATS } from "#lib/check-audit/export-lines";
import { checkFilterParams } from "#lib/check-audit/search-params";
import { exportChecks } from "#lib/check-audit/server/export-checks";
import { attachmentNamed } from "#lib/platform/http/content-disposition";

const load = createLoader({
  ...checkFilterParams,
  format: parseAsStringLiteral(EXPORT_FORMATS).withDefault("json"),
});

const CONTENT_TYPES = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;

/** The check log, or the part of it that a search means, as a file. */
export function GET(request: Request): Promise<Response> {
  return answerApi(request, (context) => {
    const { format, ...filter } = load(request);
    const response = new Response(exportChecks(context, filter, format), {
      headers: {
        "content-type": CONTENT_TYPES[format],
        "content-disposition": attachmentNamed(`checks.${format}`),
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      },
    });
    return Promise.resolve(response);
  });
}
