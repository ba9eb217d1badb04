import "server-only";

import { z } from "zod";
import type { RuleEvent } from "#firmware/rules/event";
import type { ReleaseRef, Rule, RuleReleases } from "#firmware/rules/model";
import { RULE_VERBS, ruleIdentity } from "#firmware/rules/model";
import { openRollOut } from "#firmware/rules/server/roll-out-store";
import type { OpeningEvent } from "#firmware/rules/server/roll-out-store";
import type { Db } from "#foundation/platform/db/client";
import { Prisma } from "#generated/client";
import { toHardware } from "#foundation/core/hardware";
import { hardwareSchema } from "#foundation/core/hardware-schema";

const releaseRef = z.object({ releaseId: z.uuid(), version: z.string() });
const releasesColumn = z.object({
  approved: releaseRef.nullable(),
  pending: releaseRef.nullable(),
  restore: releaseRef.nullable(),
});
const verbColumn = z.enum(RULE_VERBS);

/** The rule's fields that an event stores, so that a removed rule can be restored by an undo. */
const ruleColumn = z.object({
  poolFqdn: z.string(),
  ...hardwareSchema.shape,
  updateType: z.string(),
  importedAt: z.coerce.date(),
  importedBy: z.string(),
});

type EventRow = Prisma.RuleEventGetPayload<object>;

export type NewEvent = OpeningEvent & {
  readonly generation: number;
  readonly undoesId: string | null;
};

/**
 * Appends an event to a rule's history and returns its id. If the event changes the approved version, it opens a roll-out.
 */
export async function insertEvent(tx: Db, event: NewEvent): Promise<string> {
  const row = await tx.ruleEvent.create({
    data: {
      ruleId: event.rule.id,
      poolId: event.rule.poolId,
      identity: ruleIdentity(event.rule),
      verb: event.verb,
      before: toColumn(event.before),
      after: toColumn(event.after),
      generation: event.generation,
      rule: toRuleColumn(event.rule),
      actorName: event.actorName,
      reason: event.reason,
      undoesId: event.undoesId === null ? null : BigInt(event.undoesId),
      at: event.at,
    },
    select: { id: true },
  });
  await openRollOut(tx, row.id, event);
  return row.id.toString();
}

/** A rule's history, newest first. */
export async function findEvents(
  db: Db,
  ruleId: string,
  most: number,
): Promise<readonly RuleEvent[]> {
  const rows = await db.ruleEvent.findMany({
    where: { ruleId },
    orderBy: { id: "desc" },
    take: most,
  });
  return rows.map(toEvent);
}

/** An event with the rule as it was before the event, which is enough to insert a removed rule again. */
export async function findEventWithRule(
  db: Db,
  eventId: string,
): Promise<{ readonly event: RuleEvent; readonly rule: Rule } | null> {
  const row = await db.ruleEvent.findUnique({ where: { id: BigInt(eventId) } });
  return row && { event: toEvent(row), rule: toRuleBefore(row) };
}

/** Whether this is the last event of its rule. */
export async function isLastEvent(
  db: Db,
  event: Pick<RuleEvent, "id" | "ruleId">,
): Promise<boolean> {
  const last = await db.ruleEvent.findFirst({
    where: { ruleId: event.ruleId },
    orderBy: { id: "desc" },
    select: { id: true },
  });
  return last?.id.toString() === event.id;
}

function toColumn(releases: RuleReleases | null) {
  return releases === null
    ? Prisma.DbNull
    : {
        approved: toRefColumn(releases.approved),
        pending: toRefColumn(releases.pending),
        restore: toRefColumn(releases.restore),
      };
}

function toRefColumn(release: ReleaseRef | null) {
  return release && { releaseId: release.releaseId, version: release.version };
}

function toRuleColumn({ hardware, updateType, poolFqdn, importedAt, importedBy }: Rule) {
  return {
    poolFqdn,
    ...toHardware(hardware),
    updateType,
    importedAt: importedAt.toISOString(),
    importedBy,
  };
}

function toRuleBefore(row: EventRow): Rule {
  const stored = ruleColumn.parse(row.rule);
  const before = releasesColumn.nullable().parse(row.before);
  return {
    id: row.ruleId,
    poolId: row.poolId,
    poolFqdn: stored.poolFqdn,
    hardware: toHardware(stored),
    updateType: stored.updateType,
    approved: before?.approved ?? null,
    pending: before?.pending ?? null,
    restore: before?.restore ?? null,
    generation: row.generation,
    importedAt: stored.importedAt,
    importedBy: stored.importedBy,
  };
}

function toEvent(row: EventRow): RuleEvent {
  return {
    id: row.id.toString(),
    ruleId: row.ruleId,
    poolId: row.poolId,
    identity: row.identity,
    verb: verbColumn.parse(row.verb),
    before: releasesColumn.nullable().parse(row.before),
    after: releasesColumn.nullable().parse(row.after),
    generation: row.generation,
    actorName: row.actorName,
    reason: row.reason,
    undoesId: row.undoesId?.toString() ?? null,
    at: row.at,
  };
}
