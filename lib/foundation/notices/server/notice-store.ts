import "server-only";
import type { NoticeKind } from "#foundation/notices/model";
import type { Notice } from "#foundation/notices/notice";
import { readNoticeContent } from "#foundation/notices/schema";
import type { NoticeContent } from "#foundation/notices/schema";
import type { Db } from "#foundation/platform/db/client";

type NoticeRow = {
  readonly key: string;
  readonly groupKey: string | null;
  readonly at: Date;
  readonly settlesAt: Date;
  readonly actorId: string | null;
};

/** Returns whether the key was new. */
export async function insertNotice(
  tx: Db,
  { key, groupKey, at, settlesAt, actorId, kind, facts }: NoticeRow & NoticeContent,
): Promise<boolean> {
  const { count } = await tx.notice.createMany({
    data: { key, groupKey, kind, facts, at, settlesAt, actorId },
    skipDuplicates: true,
  });
  return count === 1;
}

/** The notice of a group that has not been told yet; locked until the transaction ends. */
export async function lockOpenNotice(tx: Db, groupKey: string): Promise<Notice | null> {
  const [locked] = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT "id" FROM "Notice" WHERE "groupKey" = ${groupKey} AND "toldAt" IS NULL
    ORDER BY "id" DESC LIMIT 1 FOR UPDATE`;
  if (locked === undefined) {
    return null;
  }
  const [notice] = await findNotices(tx, [locked.id]);
  return notice ?? null;
}

export async function replaceFacts(
  tx: Db,
  id: bigint,
  { facts, settlesAt }: Pick<NoticeContent, "facts"> & { readonly settlesAt: Date },
): Promise<void> {
  await tx.notice.update({ where: { id }, data: { facts, settlesAt } });
}

/**
 * Settled notices that have not been told, oldest first; locked until the transaction ends. Another process does not
 * wait for them but takes others.
 */
export async function lockUntoldNotices(
  tx: Db,
  now: Date,
  most: number,
): Promise<readonly Notice[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    SELECT "id" FROM "Notice" WHERE "toldAt" IS NULL AND "settlesAt" <= ${now}
    ORDER BY "id" LIMIT ${most} FOR UPDATE SKIP LOCKED`;
  return findNotices(
    tx,
    rows.map(({ id }) => id),
  );
}

/** By id. Notices of kinds that this release does not know are left out. */
export async function findNotices(db: Db, ids: readonly bigint[]): Promise<readonly Notice[]> {
  if (ids.length === 0) {
    return [];
  }
  const rows = await db.notice.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { id: "asc" },
    select: { id: true, kind: true, facts: true, at: true, settlesAt: true, actorId: true },
  });
  return rows.flatMap(({ kind, facts, ...row }) => {
    const content = readNoticeContent(kind, facts);
    return content === null ? [] : [{ ...row, content }];
  });
}

export async function markTold(tx: Db, ids: readonly bigint[], now: Date): Promise<void> {
  await tx.notice.updateMany({ where: { id: { in: [...ids] } }, data: { toldAt: now } });
}

/** Whether a notice of a kind was recorded since an instant. */
export async function hasNoticeSince(db: Db, kind: NoticeKind, since: Date): Promise<boolean> {
  return (await db.notice.count({ where: { kind, at: { gte: since } }, take: 1 })) > 0;
}

/** Deletes notices from before an instant with what was sent about them. */
export async function deleteNoticesBefore(db: Db, before: Date): Promise<void> {
  await db.notice.deleteMany({ where: { at: { lt: before } } });
}
