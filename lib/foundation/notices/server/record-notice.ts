import "server-only";
import { randomUUID } from "node:crypto";
import { mergeNotices } from "#foundation/notices/merge-notices";
import type { NoticeContent } from "#foundation/notices/schema";
import {
  insertNotice,
  lockOpenNotice,
  replaceFacts,
} from "#foundation/notices/server/notice-store";
import type { Db } from "#foundation/platform/db/client";

export type NewNotice = NoticeContent & {
  /** Identifies the event. A second notice with the same key is not recorded, so that an event is told once. */
  readonly key: string;
  readonly at: Date;
  /** The account that caused the event; it is not told of what it did itself. */
  readonly actorId?: string | null;
};

/** Long enough for the next rule of an action on many. */
const DEFAULT_SETTLE_MS = 5_000;
/** A notice to which parts are added continuously is told after this time. */
const MAX_SETTLE_MS = 5 * 60_000;

/**
 * Records an event in the transaction of the change itself, so that it is told if and only if the change is committed.
 * Call it before `recordAudit`. Returns whether the key was new.
 */
export async function recordNotice(
  tx: Db,
  { key, at, actorId, ...content }: NewNotice,
): Promise<boolean> {
  return insertNotice(tx, {
    key,
    groupKey: null,
    at,
    settlesAt: at,
    actorId: actorId ?? null,
    ...content,
  });
}

/**
 * Like `recordNotice` for one part of a larger event, such as one rule of an action on many: parts with the same key
 * become one notice, which is told when no part has been added for `settleMs`. A part that arrives after that becomes a
 * notice of its own.
 */
export async function addToNotice(
  tx: Db,
  { key, at, actorId, ...content }: NewNotice,
  settleMs = DEFAULT_SETTLE_MS,
): Promise<void> {
  // The time of an action on many is that of its start.
  const settled = Date.now() + settleMs;
  const open = await lockOpenNotice(tx, key);
  if (open === null) {
    await insertNotice(tx, {
      key: `${key}/${randomUUID()}`,
      groupKey: key,
      at,
      settlesAt: new Date(settled),
      actorId: actorId ?? null,
      ...content,
    });
    return;
  }
  const latest = open.at.getTime() + MAX_SETTLE_MS;
  const settlesAt = new Date(Math.min(settled, Math.max(latest, open.settlesAt.getTime())));
  await replaceFacts(tx, open.id, { ...mergeNotices(open.content, content), settlesAt });
}
