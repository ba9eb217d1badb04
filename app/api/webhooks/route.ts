import { answerApi } from "#access/auth/server/answer-api";
import { createWebhookInput } from "#access/notifications/schema";
import { createWebhook } from "#access/notifications/server/create-webhook";
import { listWebhooks } from "#access/notifications/server/list-webhooks";
import { readJson } from "#foundation/platform/http/read-json";

export function GET(request: Request): Promise<Response> {
  return answerApi(request, async (context) =>
    Response.json({ webhooks: await listWebhooks(context) }),
  );
}

export function POST(request: Request): Promise<Response> {
  return answerApi(request, async (context) => {
    const { webhook, secret } = await createWebhook(
      context,
      await readJson(request, createWebhookInput),
    );
    return Response.json({ ...webhook, secret }, { status: 201 });
  });
}
