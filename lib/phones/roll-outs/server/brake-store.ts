import "server-only";
import { z } from "zod";
import type { BrakeSettings } from "#fleet/pools/brake";
import { BRAKE_MODES } from "#fleet/pools/brake";
import type { Db } from "#foundation/platform/db/client";
import type { RollOutEvent } from "#phones/roll-outs/model";
import { ROLL_OUT_EVENT_KINDS } from "#phones/roll-outs/model";

const modeColumn = z.enum(BRAKE_MODES);

/** Null if the pool was removed. */
export async function findBrakeSettings(tx: Db, poolId: string): Promise<BrakeSettings | null> {
  const row = await tx.pool.findUnique({
    where: { id: poolId },
    select: { brake: true, brakePercent: true, brakePhones: true },
  });
  return row && { ...row, brake: modeColumn.parse(row.brake) };
}

/** Halts a roll-out that is under way; returns whether it did. */
export async function haltRollOut(tx: Db, id: string, haltedAt: Date): Promise<boolean> {
  const { count } = await tx.rollOut.updateMany({
    where: { id, endedAt: null, haltedAt: null },
    data: { haltedAt },
  });
  return count === 1;
}

/** Remembers that the brake warned of a roll-out; returns whether it had not warned before. */
export async function markWarned(tx: Db, id: string, warnedAt: Date): Promise<boolean> {
  const { count } = await tx.rollOut.updateMany({
    where: { id, endedAt: null, warnedAt: null },
    data: { warnedAt },
  });
  return count === 1;
}

/** Continues a halted roll-out; returns whether it was halted. The brake counts from this time. */
export async function releaseRollOut(tx: Db, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.rollOut.updateMany({
    where: { id, endedAt: null, haltedAt: { not: null } },
    data: { haltedAt: null, warnedAt: null, brakeFrom: at, movedAt: at },
  });
  return count === 1;
}

export async function insertRollOutEvent(
  tx: Db,
  {
    rollOutId,
    at,
    kind,
    actorName,
    reason,
    figures,
  }: RollOutEvent & { readonly rollOutId: string },
): Promise<void> {
  await tx.rollOutEvent.create({
    data: { rollOutId, at, kind, actorName, reason, figures: figures ?? {} },
    select: { id: true },
  });
}

const kindColumn = z.enum(ROLL_OUT_EVENT_KINDS);
const figuresColumn = z
  .object({
    installed: z.number(),
    fellBack: z.number(),
    stayedAway: z.number(),
    dark: z.number(),
    percent: z.number(),
  })
  .nullable()
  .catch(null);

/** What happened to a roll-out, newest first. */
export async function findRollOutEvents(
  db: Db,
  rollOutId: string,
): Promise<readonly RollOutEvent[]> {
  const rows = await db.rollOutEvent.findMany({ where: { rollOutId }, orderBy: { id: "desc" } });
  return rows.map(({ at, kind, actorName, reason, figures }) => ({
    at,
    kind: kindColumn.parse(kind),
    actorName,
    reason,
    figures: figuresColumn.parse(figures),
  }));
}
