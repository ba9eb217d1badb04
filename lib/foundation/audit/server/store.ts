import "server-only";

import { z } from "zod";
import type { AuditAction, AuditEntry, AuditSubjectKind } from "#foundation/audit/model";
import { FIRST_PREVIOUS_HASH } from "#foundation/audit/model";
import { isSearchable } from "#foundation/core/search-text";
import type { TimeRange } from "#foundation/core/time";
import { TRANSACTION_LOCKS } from "#foundation/platform/db/advisory-locks";
import type { Db } from "#foundation/platform/db/client";
import { containing } from "#foundation/platform/db/text-filter";
import type { Prisma } from "#generated/client";

const factsColumn = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]),
);

type EntryRow = Prisma.AuditEntryGetPayload<object>;

/** Locks the chain until the transaction ends. Returns the hash of the newest entry. */
export async function lockChain(tx: Db): Promise<string> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${TRANSACTION_LOCKS.auditChain})`;
  const last = await tx.auditEntry.findFirst({ orderBy: { id: "desc" }, select: { hash: true } });
  return last?.hash ?? FIRST_PREVIOUS_HASH;
}

/** Locks the anchor until the transaction ends, also against other processes. */
export async function lockAnchor(tx: Db): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${TRANSACTION_LOCKS.auditAnchor})`;
}

export async function findHashOfEntry(db: Db, id: string): Promise<string | null> {
  const row = await db.auditEntry.findUnique({ where: { id: BigInt(id) }, select: { hash: true } });
  return row?.hash ?? null;
}

/** The newest entry after an id and the number of entries after it; null if there are none. */
export async function findEndAfter(
  db: Db,
  id: string,
): Promise<{ readonly count: number; readonly lastId: string; readonly hash: string } | null> {
  const last = await db.auditEntry.findFirst({
    where: { id: { gt: BigInt(id) } },
    orderBy: { id: "desc" },
    select: { id: true, hash: true },
  });
  if (last === null) {
    return null;
  }
  const count = await db.auditEntry.count({ where: { id: { gt: BigInt(id), lte: last.id } } });
  return { count, lastId: last.id.toString(), hash: last.hash };
}

/** Whether the audit has an entry with this action for a subject of the kind `audit`. */
export async function hasEntryOf(db: Db, action: AuditAction, subjectId: string): Promise<boolean> {
  const row = await db.auditEntry.findFirst({
    where: { subjectKind: "audit", subjectId, action },
    select: { id: true },
  });
  return row !== null;
}

export async function insertEntry(tx: Db, entry: Omit<AuditEntry, "id">): Promise<void> {
  await tx.auditEntry.create({
    data: {
      at: entry.at,
      actorKind: entry.actorKind,
      actorName: entry.actorName,
      actorId: entry.actorId,
      action: entry.action,
      subjectKind: entry.subjectKind,
      subjectId: entry.subjectId,
      subjectName: entry.subjectName,
      facts: entry.facts,
      reason: entry.reason,
      requestId: entry.requestId,
      previousHash: entry.previousHash,
      hash: entry.hash,
    },
  });
}

export type EntrySearch = {
  readonly q: string;
  readonly kinds: readonly AuditSubjectKind[];
  readonly range: TimeRange;
  readonly subjectId: string;
  readonly order: "asc" | "desc";
};

/** One page of entries, newest or oldest first, and the total. */
export async function searchEntries(
  db: Db,
  search: EntrySearch,
  window: { readonly skip: number; readonly take: number },
): Promise<{ readonly entries: readonly AuditEntry[]; readonly total: number }> {
  const where = toWhere(search);
  const [rows, total] = await Promise.all([
    db.auditEntry.findMany({
      where,
      orderBy: { id: search.order },
      skip: window.skip,
      take: window.take,
    }),
    db.auditEntry.count({ where }),
  ]);
  return { entries: rows.map(toEntry), total };
}

/** Entries after an id, oldest first, for reading the whole chain in pages. */
export async function findEntriesAfter(
  db: Db,
  id: string,
  take: number,
): Promise<readonly AuditEntry[]> {
  const rows = await db.auditEntry.findMany({
    where: { id: { gt: BigInt(id) } },
    orderBy: { id: "asc" },
    take,
  });
  return rows.map(toEntry);
}

function toWhere(search: EntrySearch): Prisma.AuditEntryWhereInput {
  const conditions: Prisma.AuditEntryWhereInput[] = [];
  if (search.kinds.length > 0) {
    conditions.push({ subjectKind: { in: [...search.kinds] } });
  }
  if (search.subjectId !== "") {
    // PostgreSQL also refuses a text that it cannot store as a value to compare with.
    conditions.push({ subjectId: { in: [search.subjectId].filter(isSearchable) } });
  }
  const { from, before } = search.range;
  if (from !== null || before !== null) {
    conditions.push({ at: { ...(from && { gte: from }), ...(before && { lt: before }) } });
  }
  const text = search.q.trim();
  if (text !== "") {
    const contains = containing(text);
    conditions.push({
      OR: [
        { actorName: contains },
        { subjectName: contains },
        { action: contains },
        { reason: contains },
      ],
    });
  }
  return { AND: conditions };
}

function toEntry(row: EntryRow): AuditEntry {
  return {
    id: row.id.toString(),
    at: row.at,
    actorKind: row.actorKind,
    actorName: row.actorName,
    actorId: row.actorId,
    action: row.action,
    subjectKind: row.subjectKind,
    subjectId: row.subjectId,
    subjectName: row.subjectName,
    facts: factsColumn.parse(row.facts),
    reason: row.reason,
    requestId: row.requestId,
    previousHash: row.previousHash,
    hash: row.hash,
  };
}
