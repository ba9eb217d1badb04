import { answerApi } from "#access/auth/server/answer-api";
import { confirmBody } from "#firmware/imports/schema";
import { confirmImport } from "#firmware/imports/server/confirm-import";
import { readJson } from "#foundation/platform/http/read-json";

type ImportRoute = { readonly params: Promise<{ readonly id: string }> };

/** Imports images that cannot be verified with their security catalog, and stores the reason. */
export function POST(request: Request, { params }: ImportRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const { reason } = await readJson(request, confirmBody);
    await confirmImport(context, { importId: (await params).id, reason });
    return new Response(null, { status: 202 });
  });
}
