import "server-only";
import { z } from "zod";
import { distinctIgnoringCase } from "#foundation/core/fold-case";
import { toHardware } from "#foundation/core/hardware";
import { MAX_SEARCH_WORDS, toSearchWords } from "#foundation/core/search-text";
import { containing, equalsIgnoringCase } from "#foundation/platform/db/text-filter";
import type { Db } from "#foundation/platform/db/client";
import { ROLL_OUT_KINDS } from "#firmware/rules/roll-out-kind";
import { Prisma } from "#generated/client";
import type { RollOut, RollOutEnd, RollOutStatus } from "#phones/roll-outs/model";
import { ROLL_OUT_ENDS } from "#phones/roll-outs/model";
import type { RollOutSearch } from "#phones/roll-outs/search-params";

const NEXT = { next: { select: { id: true } } } as const satisfies Prisma.RollOutInclude;
type RollOutRow = Prisma.RollOutGetPayload<{ include: typeof NEXT }>;

const kindColumn = z.enum(ROLL_OUT_KINDS);
const endColumn = z.enum(ROLL_OUT_ENDS).nullable();

/** The roll-outs whose last numbers are not stored yet, oldest first. */
export async function findUnsettled(db: Db): Promise<readonly RollOut[]> {
  const rows = await db.rollOut.findMany({
    where: { settledAt: null },
    include: NEXT,
    orderBy: [{ startedAt: "asc" }, { eventId: "asc" }],
  });
  return rows.map((row) => toRollOut(row, new Map()));
}

export type RollOutFilter = Omit<RollOutSearch, "page">;

/** One page of roll-outs: those under way first, newest first. */
export async function searchRollOuts(
  db: Db,
  filter: RollOutFilter,
  window: { readonly skip: number; readonly take: number },
): Promise<{ readonly rollOuts: readonly RollOut[]; readonly total: number }> {
  const where = await toWhere(db, filter);
  const [rows, total] = await Promise.all([
    db.rollOut.findMany({
      where,
      include: NEXT,
      orderBy: [{ endedAt: { sort: "desc", nulls: "first" } }, { eventId: "desc" }],
      ...window,
    }),
    db.rollOut.count({ where }),
  ]);
  return { rollOuts: await withSites(db, rows), total };
}

export async function countHalted(db: Db): Promise<number> {
  return db.rollOut.count({ where: ofStatus("halted") });
}

export async function findRollOutById(db: Db, id: string): Promise<RollOut | null> {
  const row = await db.rollOut.findUnique({ where: { id }, include: NEXT });
  const [rollOut] = row === null ? [] : await withSites(db, [row]);
  return rollOut ?? null;
}

/** The roll-outs that one review opened, by pool and model. */
export async function findRollOutsOfRequest(
  db: Db,
  { requestId, startedAt }: Pick<RollOut, "requestId" | "startedAt">,
  most: number,
): Promise<readonly RollOut[]> {
  const rows = await db.rollOut.findMany({
    where: { requestId, startedAt },
    include: NEXT,
    orderBy: [{ poolFqdn: "asc" }, { model: "asc" }, { eventId: "asc" }],
    take: most,
  });
  return withSites(db, rows);
}

/** The pools and models that occur in roll-outs. */
export async function findRollOutFacets(
  db: Db,
): Promise<{ readonly pools: readonly string[]; readonly models: readonly string[] }> {
  const [pools, models] = await Promise.all([
    db.rollOut.groupBy({ by: ["poolFqdn"], orderBy: { poolFqdn: "asc" } }),
    db.rollOut.groupBy({ by: ["model"], orderBy: { model: "asc" } }),
  ]);
  return {
    pools: distinctIgnoringCase(pools.map(({ poolFqdn }) => poolFqdn)),
    models: distinctIgnoringCase(models.map(({ model }) => model)),
  };
}

async function toWhere(
  db: Db,
  { q, pool, model, state, ruleId }: RollOutFilter,
): Promise<Prisma.RollOutWhereInput> {
  return {
    // The names of pools are in lower case.
    ...(pool.length > 0 && { poolFqdn: { in: pool.map((fqdn) => fqdn.toLowerCase()) } }),
    ...(model.length > 0 && { model: { in: await findModels(db, model) } }),
    ...(state.length > 0 && { OR: state.map(ofStatus) }),
    ...(ruleId !== null && { ruleId }),
    AND: wordsWhere(q),
  };
}

/** Every word must match at least one of the columns. */
function wordsWhere(q: string): Prisma.RollOutWhereInput[] {
  const words = toSearchWords(q);
  if (words.length > MAX_SEARCH_WORDS) {
    return [{ id: { in: [] } }];
  }
  return words.map((word) => ({
    OR: SEARCHED_COLUMNS.map((column) => ({ [column]: containing(word) })),
  }));
}

const SEARCHED_COLUMNS = [
  "brand",
  "model",
  "revision",
  "locale",
  "updateType",
  "fromVersion",
  "toVersion",
  "poolFqdn",
  "reason",
  "startedBy",
] as const satisfies readonly Prisma.RollOutScalarFieldEnum[];

/** The spellings of models that equal one of these names without regard to case. */
async function findModels(db: Db, names: readonly string[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ model: string }[]>`
    SELECT DISTINCT "model" FROM "RollOut" WHERE ${equalsIgnoringCase(Prisma.sql`"model"`, names)}`;
  return rows.map(({ model }) => model);
}

function ofStatus(status: RollOutStatus): Prisma.RollOutWhereInput {
  switch (status) {
    case "under_way":
      return { endedAt: null, haltedAt: null };
    case "halted":
      return { endedAt: null, haltedAt: { not: null } };
    case "complete":
    case "standstill":
    case "superseded":
    case "nothing_to_move":
      return { endReason: status };
  }
}

/** A site is that of the pool now: pools move, and roll-outs outlive them. */
async function withSites(db: Db, rows: readonly RollOutRow[]): Promise<readonly RollOut[]> {
  const pools = await db.pool.findMany({
    where: { id: { in: [...new Set(rows.map(({ poolId }) => poolId))] } },
    select: { id: true, site: { select: { name: true } } },
  });
  const siteNames = new Map(pools.map(({ id, site }) => [id, site.name]));
  return rows.map((row) => toRollOut(row, siteNames));
}

export async function storeTarget(db: Db, id: string, target: number): Promise<void> {
  await db.rollOut.updateMany({ where: { id, target: null }, data: { target } });
}

export async function storeMoved(db: Db, id: string, movedAt: Date): Promise<void> {
  await db.rollOut.update({ where: { id }, data: { movedAt } });
}

/** Ends a roll-out unless another decision about the rule has ended it; returns whether it did. */
export async function endRollOut(
  db: Db,
  id: string,
  end: { readonly at: Date; readonly reason: RollOutEnd },
): Promise<boolean> {
  const { count } = await db.rollOut.updateMany({
    where: { id, endedAt: null },
    data: { endedAt: end.at, endReason: end.reason },
  });
  return count === 1;
}

export async function markSettled(db: Db, id: string, settledAt: Date): Promise<void> {
  await db.rollOut.update({ where: { id }, data: { settledAt } });
}

/** Deletes roll-outs that ended before a time, and the phones of those that ended before another time. */
export async function deleteOldRollOuts(
  db: Db,
  { endedBefore, phonesBefore }: { readonly endedBefore: Date; readonly phonesBefore: Date },
): Promise<void> {
  await db.rollOut.deleteMany({
    where: { settledAt: { not: null }, endedAt: { lt: endedBefore } },
  });
  await db.rollOutPhone.deleteMany({
    where: { rollOut: { settledAt: { not: null }, endedAt: { lt: phonesBefore } } },
  });
}

type SiteNames = ReadonlyMap<string, string>;

function toRollOut(row: RollOutRow, siteNames: SiteNames): RollOut {
  return {
    id: row.id,
    ruleId: row.ruleId,
    poolId: row.poolId,
    poolFqdn: row.poolFqdn,
    siteName: siteNames.get(row.poolId) ?? null,
    eventId: row.eventId.toString(),
    requestId: row.requestId,
    kind: kindColumn.parse(row.kind),
    hardware: toHardware(row),
    updateType: row.updateType,
    fromVersion: row.fromVersion,
    toVersion: row.toVersion,
    pendingBefore: row.pendingBefore,
    pendingAfter: row.pendingAfter,
    reason: row.reason,
    startedBy: row.startedBy,
    startedAt: row.startedAt,
    previousId: row.previousId,
    nextId: row.next?.id ?? null,
    target: row.target,
    movedAt: row.movedAt,
    endedAt: row.endedAt,
    endReason: endColumn.parse(row.endReason),
    settledAt: row.settledAt,
    haltedAt: row.haltedAt,
    brakeFrom: row.brakeFrom,
    warnedAt: row.warnedAt,
  };
}
