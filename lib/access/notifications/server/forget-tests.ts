import "server-only";
import { deleteMessagesBefore } from "#access/notifications/server/message-store";
import { DAY_MS } from "#foundation/core/time";
import { MAX_NOTICE_AGE_DAYS } from "#foundation/notices/model";
import { db } from "#foundation/platform/db/client";

/** Removes old messages that no notice takes along when it is removed. Runs on a schedule. */
export async function forgetTests(now: Date): Promise<void> {
  await deleteMessagesBefore(db, new Date(now.getTime() - MAX_NOTICE_AGE_DAYS * DAY_MS));
}
