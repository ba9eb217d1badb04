import { answerApi } from "#access/auth/server/answer-api";
import { changeWebhookInput, webhookIdInput } from "#access/notifications/schema";
import { changeWebhook } from "#access/notifications/server/change-webhook";
import { removeWebhook } from "#access/notifications/server/remove-webhook";
import { AppError } from "#foundation/core/errors";
import { readJson } from "#foundation/platform/http/read-json";

const changeBody = changeWebhookInput.omit({ webhookId: true });

type WebhookRoute = { readonly params: Promise<{ readonly id: string }> };

export function PATCH(request: Request, { params }: WebhookRoute): Promise<Response> {
  return answerApi(request, async (context) => {
    const input = webhookIdInput.safeParse({ webhookId: (await params).id });
    if (!input.success) {
      throw new AppError("not_found", "There is no such webhook.");
    }
    await changeWebhook(context, { ...input.data, ...(await readJson(request, changeBody)) });
    return new Response(null, { status: 204 });
  });
}

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
