import "server-only";
import type { WebhookIdInput } from "#access/notifications/schema";
import { requireWebhook } from "#access/notifications/server/require-webhook";
import { deleteWebhook } from "#access/notifications/server/webhook-store";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";

/** Removes a webhook with its delivery log; what waits to be sent is not sent. */
export async function removeWebhook(
  context: UseCaseContext,
  { webhookId }: WebhookIdInput,
): Promise<void> {
  requirePermission(context.actor, "settings:write");
  await inTransaction(async (tx) => {
    const { name, url } = await requireWebhook(tx, webhookId);
    await deleteWebhook(tx, webhookId);
    await recordAudit(tx, context, [
      {
        action: "webhook.removed",
        subject: { kind: "webhook", id: webhookId, name },
        facts: { url },
      },
    ]);
  });
}
