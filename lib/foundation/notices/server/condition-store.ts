import "server-only";
import type { ConditionState } from "#foundation/notices/decide-condition";
import { CLEARED } from "#foundation/notices/decide-condition";
import type { Db } from "#foundation/platform/db/client";

/** A condition as one host sees it. */
export type ConditionKey = { readonly name: string; readonly host: string };

/** The state as a host last knew it. Locks the condition for all hosts until the transaction ends. */
export async function lockCondition(tx: Db, { name, host }: ConditionKey): Promise<ConditionState> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`condition ${name}`}, 0))`;
  const row = await tx.watchedCondition.findUnique({ where: { name_host: { name, host } } });
  return row === null
    ? CLEARED
    : { isRaised: row.raisedAt !== null, raisedAt: row.raisedAt, contrarySince: row.contrarySince };
}

export async function putCondition(
  tx: Db,
  { name, host }: ConditionKey,
  { raisedAt, contrarySince, seenAt }: ConditionState & { readonly seenAt: Date },
): Promise<void> {
  const state = { raisedAt, contrarySince, seenAt };
  await tx.watchedCondition.upsert({
    where: { name_host: { name, host } },
    create: { name, host, ...state },
    update: state,
  });
}

/** When the condition began for the first of the other hosts that see it now; null if none does. */
export async function findRaisedElsewhere(
  tx: Db,
  { name, host }: ConditionKey,
  seenSince: Date,
): Promise<Date | null> {
  const row = await tx.watchedCondition.findFirst({
    where: { name, host: { not: host }, raisedAt: { not: null }, seenAt: { gte: seenSince } },
    orderBy: { raisedAt: "asc" },
    select: { raisedAt: true },
  });
  return row?.raisedAt ?? null;
}

/** The first of the hosts that watch a condition, by id; null if none does. */
export async function findFirstHost(db: Db, name: string, seenSince: Date): Promise<string | null> {
  const row = await db.watchedCondition.findFirst({
    where: { name, seenAt: { gte: seenSince } },
    orderBy: { host: "asc" },
    select: { host: true },
  });
  return row?.host ?? null;
}

/**
 * Takes the turn to do something that one host does for all, at most once in `everyMs`. Returns false if another
 * process took it.
 */
export async function takeTurn(
  db: Db,
  name: string,
  { everyMs, now }: { readonly everyMs: number; readonly now: Date },
): Promise<boolean> {
  const before = new Date(now.getTime() - everyMs);
  const taken = await db.$executeRaw`
    INSERT INTO "WatchedCondition" AS turn ("name", "host", "seenAt") VALUES (${name}, 'turn', ${now})
    ON CONFLICT ("name", "host") DO UPDATE SET "seenAt" = excluded."seenAt"
    WHERE turn."seenAt" <= ${before}`;
  return taken === 1;
}

export async function deleteConditionsBefore(db: Db, before: Date): Promise<void> {
  await db.watchedCondition.deleteMany({ where: { seenAt: { lt: before } } });
}
