import "server-only";
import type { Webhook } from "#access/notifications/model";
import type { StoredWebhook } from "#access/notifications/server/webhook-store";
import { findWebhooks } from "#access/notifications/server/webhook-store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

/** All webhooks by name, without their secrets. */
export async function listWebhooks(context: UseCaseContext): Promise<readonly Webhook[]> {
  requirePermission(context.actor, "settings:write");
  return (await findWebhooks(db)).map(withoutSecrets);
}

export function withoutSecrets(webhook: StoredWebhook): Webhook {
  const { id, name, url, kinds, isEnabled, createdAt, createdBy, previousSecretUntil } = webhook;
  return { id, name, url, kinds, isEnabled, createdAt, createdBy, previousSecretUntil };
}
