import { answerApi } from "#access/auth/server/answer-api";
import { AppError } from "#foundation/core/errors";
import { toImportRecord } from "#firmware/imports/import-record";
import { cancelImport } from "#firmware/imports/server/cancel-import";
import { findImport, suggestImportDetails } from "#firmware/imports/server/find-import";

type ImportRoute = { readonly params: Promise<{ readonly id: string }> };

export function GET(request: Request, { params }: ImportRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const job = await findImport(context, (await params).id);
    if (job === null) {
      throw new AppError("not_found", "There is no such import.");
    }
    const suggestions = await suggestImportDetails(context, job);
    return Response.json(toImportRecord(job, suggestions), {
      headers: { "cache-control": "no-store" },
    });
  });
}

/** Cancels an import that waits for an answer. */
export function DELETE(request: Request, { params }: ImportRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    await cancelImport(context, { importId: (await params).id });
    return new Response(null, { status: 204 });
  });
}
