import { answerApi } from "#access/auth/server/answer-api";
import { describeBody } from "#firmware/imports/schema";
import { describeImport } from "#firmware/imports/server/describe-import";
import { readJson } from "#foundation/platform/http/read-json";

type ImportRoute = { readonly params: Promise<{ readonly id: string }> };

/** Describes the images of a package that does not describe them itself. */
export function POST(request: Request, { params }: ImportRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const answer = await readJson(request, describeBody);
    await describeImport(context, { ...answer, importId: (await params).id });
    return new Response(null, { status: 202 });
  });
}
