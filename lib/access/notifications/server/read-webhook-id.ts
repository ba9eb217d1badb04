import "server-only";
import type { WebhookIdInput } from "#access/notifications/schema";
import { readPathId } from "#foundation/platform/http/read-path-id";

/** Reads the id of a webhook from the path of a request. Throws `not_found` for what is no id. */
export async function readWebhookId(
  params: Promise<{ readonly id: string }>,
): Promise<WebhookIdInput> {
  return { webhookId: await readPathId(params, "There is no such webhook.") };
}
