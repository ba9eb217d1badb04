import "server-only";
import { z } from "zod";
import type { Db } from "#foundation/platform/db/client";
import { addJob } from "#foundation/platform/jobs";

export const SEND_TASK = "send_message";
export const sendPayload = z.object({ messageId: z.uuid() });

/** Sends a message once the transaction has committed. Messages to one receiver are sent one after the other. */
export function queueMessage(
  tx: Db,
  message: { readonly id: string; readonly receiverId: string; readonly runAt?: Date },
): Promise<void> {
  const { id, receiverId, runAt } = message;
  return addJob(tx, {
    name: SEND_TASK,
    payload: { messageId: id },
    options: { queueName: `messages to ${receiverId}`, ...(runAt === undefined ? {} : { runAt }) },
  });
}
