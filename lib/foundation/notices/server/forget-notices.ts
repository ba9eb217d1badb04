import "server-only";
import { DAY_MS } from "#foundation/core/time";
import { MAX_NOTICE_AGE_DAYS } from "#foundation/notices/model";
import { deleteConditionsBefore } from "#foundation/notices/server/condition-store";
import { deleteNoticesBefore } from "#foundation/notices/server/notice-store";
import { db } from "#foundation/platform/db/client";

/** Removes old notices, and the conditions of hosts that no longer exist. Runs on a schedule. */
export async function forgetNotices(now: Date): Promise<void> {
  const before = new Date(now.getTime() - MAX_NOTICE_AGE_DAYS * DAY_MS);
  await deleteNoticesBefore(db, before);
  await deleteConditionsBefore(db, before);
}
