import "server-only";
import { webhookIdInput } from "#access/notifications/schema";
import type { WebhookIdInput } from "#access/notifications/schema";
import { AppError } from "#foundation/core/errors";

/**
 * Reads the id of a webhook from the path of a request. Throws `not_found` for what is no id.
 */
export async function readWebhookId(
  params: Promise<{ readonly id: string }>,
): Promise<WebhookIdInput> {
  const input = webhookIdInput.safeParse({ webhookId: (await params).id });
  if (!input.success) {
    throw new AppError("not_found", "There is no such webhook.");
  }
  return input.data;
}
