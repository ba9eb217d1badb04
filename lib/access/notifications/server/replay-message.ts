import "server-only";
import type { ReplayMessageInput } from "#access/notifications/schema";
import { findReceiver, reviveMessage } from "#access/notifications/server/message-store";
import { queueMessage } from "#access/notifications/server/queue-message";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";

/** Sends a message again that was delivered, has failed or was dropped, with the same id. */
export async function replayMessage(
  context: UseCaseContext,
  { messageId }: ReplayMessageInput,
): Promise<void> {
  requirePermission(context.actor, "settings:write");
  await inTransaction(async (tx) => {
    const message = await findReceiver(tx, messageId);
    if (message === null) {
      throw new AppError("not_found", "There is no such message.");
    }
    if (!(await reviveMessage(tx, messageId, context.now))) {
      throw new AppError("invalid_state", "This message still waits to be sent.");
    }
    const receiverId = message.accountId ?? message.webhookId ?? messageId;
    await queueMessage(tx, { id: messageId, receiverId });
  });
}
