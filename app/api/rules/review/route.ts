import { answerApi } from "#access/auth/server/answer-api";
import { readJson } from "#foundation/platform/http/read-json";
import { reviewRequest } from "#firmware/rules/schema";
import { previewImpact } from "#phones/inventory/server/preview-impact";
import { reviewRules } from "#firmware/rules/server/review-rules";

/** Applies one action to a selection of rules. With `whatIf`, returns the changes and the number of affected phones. */
export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const { whatIf, ...input } = await readJson(request, reviewRequest);
    return Response.json(await (whatIf ? previewImpact : reviewRules)(context, input));
  });
}
