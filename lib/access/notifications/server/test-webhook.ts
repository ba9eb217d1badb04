import "server-only";
import type { LoggedMessage } from "#access/notifications/model";
import type { WebhookIdInput } from "#access/notifications/schema";
import { findMessage, insertMessage } from "#access/notifications/server/message-store";
import { requireWebhook } from "#access/notifications/server/require-webhook";
import { sendMessage } from "#access/notifications/server/send-message";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

/** Sends a test message at once, also while the webhook is switched off, and returns its entry of the delivery log. */
export async function testWebhook(
  context: UseCaseContext,
  { webhookId }: WebhookIdInput,
): Promise<LoggedMessage> {
  requirePermission(context.actor, "settings:write");
  await requireWebhook(db, webhookId);
  const id = await insertMessage(db, { webhookId, createdAt: context.now });
  await sendMessage(id, { now: context.now, signal: new AbortController().signal });
  const message = await findMessage(db, id);
  if (message === null) {
    throw new AppError("not_found", "This webhook no longer exists.");
  }
  return message;
}
