import "server-only";
import type { StoredWebhook } from "#access/notifications/server/webhook-store";
import { findWebhook } from "#access/notifications/server/webhook-store";
import { AppError } from "#foundation/core/errors";
import type { Db } from "#foundation/platform/db/client";

/** Throws `not_found` if there is no such webhook. */
export async function requireWebhook(db: Db, id: string): Promise<StoredWebhook> {
  const webhook = await findWebhook(db, id);
  if (webhook === null) {
    throw new AppError("not_found", "This webhook no longer exists.");
  }
  return webhook;
}
