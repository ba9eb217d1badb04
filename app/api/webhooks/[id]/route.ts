import { answerApi } from "#access/auth/server/answer-api";
import { changeWebhookInput } from "#access/notifications/schema";
import { changeWebhook } from "#access/notifications/server/change-webhook";
import { readWebhookId } from "#access/notifications/server/read-webhook-id";
import { removeWebhook } from "#access/notifications/server/remove-webhook";
import { readJson } from "#foundation/platform/http/read-json";

const changeBody = changeWebhookInput.omit({ webhookId: true });

type WebhookRoute = { readonly params: Promise<{ readonly id: string }> };

export function PATCH(request: Request, { params }: WebhookRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const id = await readWebhookId(params);
    await changeWebhook(context, { ...id, ...(await readJson(request, changeBody)) });
    return new Response(null, { status: 204 });
  });
}

export function DELETE(request: Request, { params }: WebhookRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    await removeWebhook(context, await readWebhookId(params));
    return new Response(null, { status: 204 });
  });
}
