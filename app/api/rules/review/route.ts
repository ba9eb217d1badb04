import { answerApi } from "#access/auth/server/answer-api";
import { readJson } from "#foundation/platform/http/read-json";
import { reviewRequest } from "#firmware/rules/schema";
import { previewImpact } from "#firmware/rules/server/preview-impact";
import { reviewRules } from "#firmware/rules/server/review-rules";

/** One verb on a selection of rules; with `whatIf`, what it would do and how many phones it would move. */
export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const { whatIf, ...input } = await readJson(request, reviewRequest);
    return Response.json(await (whatIf ? previewImpact : reviewRules)(context, input));
  });
}
