import "server-only";

import type { Session } from "#access/accounts/session";
import { sessionLimits } from "#access/accounts/session";
import type { StoredAccount } from "#access/accounts/server/store";
import { toStoredAccount } from "#access/accounts/server/store";
import type { Db } from "#foundation/platform/db/client";

/** Returns the id of the new session. */
export async function insertSession(tx: Db, accountId: string, now: Date): Promise<string> {
  const { id } = await tx.session.create({ data: { accountId, createdAt: now, lastUsedAt: now } });
  return id;
}

export async function findSession(
  db: Db,
  id: string,
): Promise<{ readonly session: Session; readonly account: StoredAccount } | null> {
  const row = await db.session.findUnique({ where: { id }, include: { account: true } });
  if (row === null) {
    return null;
  }
  const { accountId, createdAt, lastUsedAt } = row;
  return {
    session: { id, accountId, createdAt, lastUsedAt },
    account: toStoredAccount(row.account),
  };
}

/** Does nothing if a parallel request has ended the session. */
export async function touchSession(db: Db, id: string, now: Date): Promise<void> {
  await db.session.updateMany({
    where: { id, lastUsedAt: { lt: now } },
    data: { lastUsedAt: now },
  });
}

export async function deleteSession(db: Db, id: string): Promise<void> {
  await db.session.deleteMany({ where: { id } });
}

export async function deleteSessionsOfAccount(tx: Db, accountId: string): Promise<void> {
  await tx.session.deleteMany({ where: { accountId } });
}

/** Deletes sessions that have reached the idle or the absolute limit. */
export async function deleteEndedSessions(db: Db, now: Date): Promise<void> {
  const { createdBefore, usedBefore } = sessionLimits(now);
  await db.session.deleteMany({
    where: { OR: [{ createdAt: { lte: createdBefore } }, { lastUsedAt: { lte: usedBefore } }] },
  });
}
