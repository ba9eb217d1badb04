import { answerApi } from "#access/auth/server/answer-api";
import { readWebhookId } from "#access/notifications/server/read-webhook-id";
import { rotateWebhookSecret } from "#access/notifications/server/rotate-webhook-secret";

type WebhookRoute = { readonly params: Promise<{ readonly id: string }> };

export function POST(request: Request, { params }: WebhookRoute): Promise<Response> {
  return answerApi(request, async (context) =>
    Response.json(await rotateWebhookSecret(context, await readWebhookId(params))),
  );
}
