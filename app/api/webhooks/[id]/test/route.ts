import { answerApi } from "#access/auth/server/answer-api";
import { webhookIdInput } from "#access/notifications/schema";
import { testWebhook } from "#access/notifications/server/test-webhook";
import { AppError } from "#foundation/core/errors";

type WebhookRoute = { readonly params: Promise<{ readonly id: string }> };

export function POST(request: Request, { params }: WebhookRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const input = webhookIdInput.safeParse({ webhookId: (await params).id });
    if (!input.success) {
      throw new AppError("not_found", "There is no such webhook.");
    }
    return Response.json(await testWebhook(context, input.data));
  });
}
