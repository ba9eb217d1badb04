import "server-only";
import { deleteMessage, insertMessage } from "#access/notifications/server/message-store";
import { queueMessage } from "#access/notifications/server/queue-message";
import { assignDueNotices, findDueAccounts } from "#access/notifications/server/recipient-store";
import { db, inTransaction } from "#foundation/platform/db/client";

/** A person gets at most one message in this time, with everything that happened. */
const MIN_PAUSE_MS = 60_000;

/** Puts what people are due to be told into messages, one for each person. Runs on a schedule in every worker. */
export async function composeMails(now: Date): Promise<void> {
  const withoutMessageSince = new Date(now.getTime() - MIN_PAUSE_MS);
  for (const accountId of await findDueAccounts(db, { now, withoutMessageSince })) {
    await inTransaction(async (tx) => {
      const messageId = await insertMessage(tx, { accountId, createdAt: now });
      const assigned = await assignDueNotices(tx, { accountId, messageId, now });
      if (assigned === 0) {
        // Another process was faster.
        await deleteMessage(tx, messageId);
        return;
      }
      await queueMessage(tx, { id: messageId, receiverId: accountId });
    });
  }
}
