import { answerApi } from "#lib/auth/server/answer-api";
import { readJson } from "#lib/platform/http/read-json";
import { undoReviewsInput } from "#lib/rules/schema";
import { undoReviews } from "#lib/rules/server/undo-reviews";

export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) =>
    Response.json(await undoReviews(context, await readJson(request, undoReviewsInput))),
  );
}
