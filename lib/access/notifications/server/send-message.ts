import "server-only";
import type { Attempt } from "#access/notifications/model";
import { nextAttemptAt } from "#access/notifications/retry";
import { attemptMessage } from "#access/notifications/server/attempt-message";
import type { AttemptOptions } from "#access/notifications/server/attempt-message";
import type { WaitingMessage } from "#access/notifications/server/message-store";
import {
  dropMessage,
  findWaitingMessage,
  storeAttempt,
} from "#access/notifications/server/message-store";
import { SEND_TASK, queueMessage, sendPayload } from "#access/notifications/server/queue-message";
import { disableWebhook } from "#access/notifications/server/webhook-store";
import { db, inTransaction } from "#foundation/platform/db/client";
import type { JobTask } from "#foundation/platform/jobs";
import { log } from "#foundation/platform/log";

/** The task list of a worker that sends messages. */
export const MESSAGE_TASKS: Readonly<Record<string, JobTask>> = {
  [SEND_TASK]: async (payload, { signal }) => {
    const { messageId } = sendPayload.parse(payload);
    await sendMessage(messageId, { now: new Date(), signal });
  },
};

/**
 * Sends a message and stores the result; a failed message is queued again with a growing pause. A process that dies
 * between both sends it again, so a receiver may get it twice, with the same id.
 */
export async function sendMessage(messageId: string, options: AttemptOptions): Promise<void> {
  const message = await findWaitingMessage(db, messageId);
  if (message === null) {
    return;
  }
  const attempt = await attemptMessage(message, options);
  if (attempt === "dropped") {
    await dropMessage(db, messageId);
    return;
  }
  await keepAttempt(message, attempt, options.now);
}

async function keepAttempt(message: WaitingMessage, attempt: Attempt, now: Date): Promise<void> {
  const { id, accountId, webhookId } = message;
  const next = attempt.outcome === "delivered" ? null : afterFailure(attempt, message, now);
  const state =
    attempt.outcome === "delivered" ? "delivered" : next === null ? "failed" : "waiting";
  await inTransaction(async (tx) => {
    if (!(await storeAttempt(tx, message, { attempt, state, at: now, nextAttemptAt: next }))) {
      return;
    }
    if (next !== null) {
      await queueMessage(tx, { id, receiverId: accountId ?? webhookId ?? id, runAt: next });
    }
    if (attempt.outcome === "failed" && attempt.isFinal && webhookId !== null) {
      await disableWebhook(tx, webhookId);
    }
  });
  if (attempt.outcome === "failed") {
    const { problem, status } = attempt;
    log().warn({ messageId: id, accountId, webhookId, problem, status }, "a message was not sent");
  }
}

function afterFailure(
  { isFinal }: Extract<Attempt, { readonly outcome: "failed" }>,
  { attempts, noticeIds }: WaitingMessage,
  now: Date,
): Date | null {
  // A test is not repeated: a person waits for its result.
  return isFinal || noticeIds.length === 0 ? null : nextAttemptAt(attempts + 1, now);
}
