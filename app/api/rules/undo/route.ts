import { answerApi } from "#access/auth/server/answer-api";
import { readJson } from "#foundation/platform/http/read-json";
import { undoReviewsInput } from "#firmware/rules/schema";
import { undoReviews } from "#firmware/rules/server/undo-reviews";

export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) =>
    Response.json(await undoReviews(context, await readJson(request, undoReviewsInput))),
  );
}
