import "server-only";
import type { LoggedMessage } from "#access/notifications/model";
import type { MessageQuery } from "#access/notifications/schema";
import { findMessages } from "#access/notifications/server/message-store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

const MAX_LISTED = 100;

/** The delivery log: the newest 100 messages. */
export async function listMessages(
  context: UseCaseContext,
  { webhookId }: MessageQuery,
): Promise<readonly LoggedMessage[]> {
  requirePermission(context.actor, "settings:write");
  return findMessages(db, { webhookId: webhookId ?? null, most: MAX_LISTED });
}
