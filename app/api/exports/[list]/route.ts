import { answerApi } from "#access/auth/server/answer-api";
import { AppError } from "#foundation/core/errors";
import { EXPORT_LISTS } from "#phones/exports/model";
import { answerExport, wantedExport } from "#phones/exports/server/answer-export";

type ExportRoute = { readonly params: Promise<{ readonly list: string }> };

/** Exports a list, or the rows of it that match a search, as a file. */
export function GET(request: Request, { params }: ExportRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const name = (await params).list;
    const list = EXPORT_LISTS.find((known) => known === name);
    if (list === undefined) {
      throw new AppError(
        "not_found",
        `There is no list ${name}; one of ${EXPORT_LISTS.join(", ")}.`,
      );
    }
    return answerExport(context, request, { list, format: wantedExport(request) ?? "json" });
  });
}
