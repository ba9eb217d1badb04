import "server-only";
import type { WebhookIdInput } from "#access/notifications/schema";
import { requireWebhook } from "#access/notifications/server/require-webhook";
import { newSecret, rotate } from "#access/notifications/server/webhook-secrets";
import { replaceSecret } from "#access/notifications/server/webhook-store";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";

/** Replaces the secret, which is returned once. For a day, messages carry signatures with both secrets. */
export async function rotateWebhookSecret(
  context: UseCaseContext,
  { webhookId }: WebhookIdInput,
): Promise<{ readonly secret: string }> {
  requirePermission(context.actor, "settings:write");
  const { secret, sealed } = await newSecret();
  await inTransaction(async (tx) => {
    const webhook = await requireWebhook(tx, webhookId);
    await replaceSecret(tx, webhookId, rotate(webhook, sealed, context.now));
    await recordAudit(tx, context, [
      {
        action: "webhook.rotated",
        subject: { kind: "webhook", id: webhookId, name: webhook.name },
        facts: {},
      },
    ]);
  });
  return { secret };
}
