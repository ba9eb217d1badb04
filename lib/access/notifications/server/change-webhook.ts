import "server-only";
import type { ChangeWebhookInput } from "#access/notifications/schema";
import { requireWebhook } from "#access/notifications/server/require-webhook";
import { updateWebhook } from "#access/notifications/server/webhook-store";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";

/** Changes what is given. A webhook that is switched off is told nothing of what happens until it is switched on. */
export async function changeWebhook(
  context: UseCaseContext,
  { webhookId, name, url, kinds, isEnabled }: ChangeWebhookInput,
): Promise<void> {
  requirePermission(context.actor, "settings:write");
  await inTransaction(async (tx) => {
    const before = await requireWebhook(tx, webhookId);
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(url === undefined ? {} : { url }),
      ...(kinds === undefined ? {} : { kinds }),
      ...(isEnabled === undefined ? {} : { isEnabled }),
    };
    await updateWebhook(tx, webhookId, change);
    await recordAudit(tx, context, [
      {
        action: "webhook.changed",
        subject: { kind: "webhook", id: webhookId, name: before.name },
        facts: {
          ...change,
          ...(url === undefined ? {} : { urlBefore: before.url }),
          ...(name === undefined ? {} : { nameBefore: before.name }),
        },
      },
    ]);
  });
}
