import "server-only";
import type { Webhook } from "#access/notifications/model";
import type { CreateWebhookInput } from "#access/notifications/schema";
import { withoutSecrets } from "#access/notifications/server/list-webhooks";
import { newSecret } from "#access/notifications/server/webhook-secrets";
import { insertWebhook } from "#access/notifications/server/webhook-store";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";

/** Creates a webhook. Its secret is returned once. */
export async function createWebhook(
  context: UseCaseContext,
  { name, url, kinds }: CreateWebhookInput,
): Promise<{ readonly webhook: Webhook; readonly secret: string }> {
  requirePermission(context.actor, "settings:write");
  const { secret, sealed } = await newSecret();
  const webhook = await inTransaction(async (tx) => {
    const created = await insertWebhook(tx, {
      name,
      url,
      kinds,
      secret: sealed,
      createdAt: context.now,
      createdBy: context.actor.name,
    });
    await recordAudit(tx, context, [
      {
        action: "webhook.created",
        subject: { kind: "webhook", id: created.id, name },
        facts: { url, kinds },
      },
    ]);
    return created;
  });
  return { webhook: withoutSecrets(webhook), secret };
}
