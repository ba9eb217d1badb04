import { answerApi } from "#access/auth/server/answer-api";
import { createViewInput, listViewsQuery } from "#access/saved-views/schema";
import { createSavedView } from "#access/saved-views/server/create-saved-view";
import { listSavedViews } from "#access/saved-views/server/list-saved-views";
import { readJson, readQuery } from "#foundation/platform/http/read-json";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) =>
    Response.json(await listSavedViews(context, readQuery(request, listViewsQuery))),
  );
}

export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const input = await readJson(request, createViewInput);
    return Response.json(await createSavedView(context, input), { status: 201 });
  });
}
