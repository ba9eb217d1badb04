import { answerApi } from "#access/auth/server/answer-api";
import { readJson } from "#foundation/platform/http/read-json";
import { mergeRequest } from "#phones/merges/schema";
import { mergePhones, previewMerge } from "#phones/merges/server/merge-phones";

/** Merges two rows of the inventory that are one phone. With `whatIf`, says what would happen or why it is not possible. */
export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const { deviceIds, keptId = null, reason, whatIf } = await readJson(request, mergeRequest);
    return Response.json(
      whatIf
        ? await previewMerge(context, { deviceIds })
        : await mergePhones(context, { deviceIds, keptId, reason }),
    );
  });
}
