import { answerApi } from "#access/auth/server/answer-api";
import { checkQuery } from "#phones/check-log/check-query";
import { exportChecks } from "#phones/check-log/server/export-checks";
import { attachmentNamed } from "#foundation/platform/http/content-disposition";
import { readQuery } from "#foundation/platform/http/read-json";
import { requireKnownPoolsUnchecked } from "#fleet/pools/server/known-pools";

const CONTENT_TYPES = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;

/** Exports the check log, or the checks that match a search, as a file. */
export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const { format, ...filter } = readQuery(request, checkQuery);
    const checks = exportChecks(context, filter, format);
    // Checked before the body starts, because after that the only way to report an error is to abort the response.
    await requireKnownPoolsUnchecked(filter.pool);
    return new Response(checks, {
      headers: {
        "content-type": CONTENT_TYPES[format],
        "content-disposition": attachmentNamed(`checks.${format}`),
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
      },
    });
  });
}
