import "server-only";

import type { AuditAnchor } from "#foundation/audit/anchor";
import { EMPTY_ANCHOR } from "#foundation/audit/anchor";
import { readAnchor, writeAnchor } from "#foundation/audit/server/anchor-file";
import { findEndAfter, findHashOfEntry, lockAnchor } from "#foundation/audit/server/store";
import type { Db } from "#foundation/platform/db/client";
import { db } from "#foundation/platform/db/client";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";

type Advances = { running: Promise<void>; waiting: Promise<void> | null };

/**
 * Moves the anchor to the newest committed entry. It never rejects: the change is committed, and the next advance makes
 * up for one that failed or was lost in a crash. Parallel callers share one advance that begins after they asked.
 */
export function advanceAnchor(): Promise<void> {
  const advances = oncePerProcess<Advances>("advances of the audit anchor", () => ({
    running: Promise.resolve(),
    waiting: null,
  }));
  advances.waiting ??= advances.running.then(() => {
    advances.waiting = null;
    advances.running = advanceOnce();
    return advances.running;
  });
  return advances.waiting;
}

async function advanceOnce(): Promise<void> {
  try {
    await db.$transaction(async (tx) => {
      await lockAnchor(tx);
      const stored = await readAnchor();
      if (stored.state === "missing") {
        // The server makes the first one when it starts; a lost one is for an administrator to replace.
        return;
      }
      if (stored.state === "unreadable" || !(await isInTable(tx, stored.anchor))) {
        log().error("the audit ends before its anchor or does not contain it: verify the audit");
        return;
      }
      await moveToEnd(tx, stored.anchor);
    });
  } catch (error) {
    log().error({ err: error }, "the anchor of the audit could not be advanced");
  }
}

/** Writes the present end of the audit over whatever the file says. */
export async function replaceAnchor(): Promise<void> {
  await db.$transaction(async (tx) => {
    await lockAnchor(tx);
    await moveToEnd(tx, EMPTY_ANCHOR);
  });
}

/** A table that was cut off never moves the anchor: new entries would hide what is missing. */
async function isInTable(tx: Db, { lastId, hash }: AuditAnchor): Promise<boolean> {
  return lastId === EMPTY_ANCHOR.lastId || (await findHashOfEntry(tx, lastId)) === hash;
}

async function moveToEnd(tx: Db, from: AuditAnchor): Promise<void> {
  const end = await findEndAfter(tx, from.lastId);
  if (end !== null) {
    const { count, lastId, hash } = end;
    await writeAnchor({ entries: from.entries + count, lastId, hash });
  } else if (from === EMPTY_ANCHOR) {
    await writeAnchor(from);
  }
}
