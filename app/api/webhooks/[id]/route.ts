import { answerApi } from "#access/auth/server/answer-api";
import { webhookIdInput } from "#access/notifications/schema";
import { removeWebhook } from "#access/notifications/server/remove-webhook";
import { AppError } from "#foundation/core/errors";

type WebhookRoute = { readonly params: Promise<{ readonly id: string }> };

export function DELETE(request: Request, { params }: WebhookRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const input = webhookIdInput.safeParse({ webhookId: (await params).id });
    if (!input.success) {
      throw new AppError("not_found", "There is no such webhook.");
    }
    await removeWebhook(context, input.data);
    return new Response(null, { status: 204 });
  });
}
