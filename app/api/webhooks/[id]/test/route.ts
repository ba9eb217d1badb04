import { answerApi } from "#access/auth/server/answer-api";
import { readWebhookId } from "#access/notifications/server/read-webhook-id";
import { testWebhook } from "#access/notifications/server/test-webhook";

type WebhookRoute = { readonly params: Promise<{ readonly id: string }> };

export function POST(request: Request, { params }: WebhookRoute): Promise<Response> {
  return answerApi(request, async (context) =>
    Response.json(await testWebhook(context, await readWebhookId(params))),
  );
}
