import { answerApi } from "#access/auth/server/answer-api";
import { changeViewInput } from "#access/saved-views/schema";
import { changeSavedView } from "#access/saved-views/server/change-saved-view";
import { removeSavedView } from "#access/saved-views/server/remove-saved-view";
import { readJson } from "#foundation/platform/http/read-json";

type ViewRoute = { readonly params: Promise<{ readonly id: string }> };

export function PATCH(request: Request, { params }: ViewRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const input = await readJson(request, changeViewInput);
    await changeSavedView(context, (await params).id, input);
    return new Response(null, { status: 204 });
  });
}

export function DELETE(request: Request, { params }: ViewRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    await removeSavedView(context, (await params).id);
    return new Response(null, { status: 204 });
  });
}
