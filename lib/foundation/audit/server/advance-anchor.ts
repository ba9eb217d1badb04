import "server-only";

import type { AuditAnchor } from "#foundation/audit/anchor";
import { EMPTY_ANCHOR } from "#foundation/audit/anchor";
import { readAnchor, writeAnchor } from "#foundation/audit/server/anchor-file";
import { findEndAfter, findHashOfEntry, lockAnchor } from "#foundation/audit/server/store";
import type { Db } from "#foundation/platform/db/client";
import { inTransaction } from "#foundation/platform/db/client";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";

type Advances = { running: Promise<void>; waiting: Promise<void> | null };

/**
 * Moves the anchor to the newest committed entry. Never rejects: the change is already committed, and the next advance
 * also covers one that failed or was lost in a crash. Concurrent callers share one advance that starts after their calls.
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
    await inTransaction(async (tx) => {
      await lockAnchor(tx);
      const stored = await readAnchor();
      if (stored.state === "missing") {
        // The server creates the first anchor at its start. Only an administrator can replace a lost one.
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

/** Overwrites the file with the current end of the audit. */
export async function replaceAnchor(): Promise<void> {
  await inTransaction(async (tx) => {
    await lockAnchor(tx);
    await moveToEnd(tx, EMPTY_ANCHOR);
  });
}

/** If the table lacks the anchored entry, the anchor must not move: new entries would hide the missing ones. */
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
