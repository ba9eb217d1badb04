import "server-only";

import { z } from "zod";
import { imageKey } from "#foundation/core/hardware";
import type { Db } from "#foundation/platform/db/client";
import { REJECTION_KIND_BY_VERB } from "#firmware/rules/find-rejected-version";
import type { ReleaseRef, Rule } from "#firmware/rules/model";
import { RULE_VERBS } from "#firmware/rules/model";
import type { PastRejection, Rejection } from "#firmware/rules/rejection";
import type { Prisma } from "#generated/client";

const verbColumn = z.enum(RULE_VERBS);
/** The part of an event's rule column that a rejection shows. */
const ruleColumn = z.object({ poolFqdn: z.string() });

const EVENT = {
  select: { verb: true, rule: true, actorName: true, reason: true, at: true, undoesId: true },
} as const satisfies Prisma.RuleEventDefaultArgs;
const RELATIONS = { event: EVENT, endedBy: EVENT } as const;

type RejectionRow = Prisma.RejectedVersionGetPayload<{ include: typeof RELATIONS }>;
type EventRow = Prisma.RuleEventGetPayload<typeof EVENT>;

/** Marks the version that an event rejected. */
export async function insertRejection(
  tx: Db,
  rejected: { readonly eventId: string; readonly imageKey: string; readonly version: string },
): Promise<void> {
  await tx.rejectedVersion.create({
    data: {
      eventId: BigInt(rejected.eventId),
      hardwareKey: rejected.imageKey,
      version: rejected.version,
    },
  });
}

/** Ends all rejections of a version that are in force, because an event approved it. */
export async function endRejections(
  tx: Db,
  approved: { readonly eventId: string; readonly imageKey: string; readonly version: string },
): Promise<void> {
  await tx.rejectedVersion.updateMany({
    where: { hardwareKey: approved.imageKey, version: approved.version, endedById: null },
    data: { endedById: BigInt(approved.eventId) },
  });
}

/** Ends the rejection by an event that was undone, if that event rejected a version. */
export async function endUndoneRejection(
  tx: Db,
  undo: { readonly eventId: string; readonly undoesId: string },
): Promise<void> {
  await tx.rejectedVersion.updateMany({
    where: { eventId: BigInt(undo.undoesId), endedById: null },
    data: { endedById: BigInt(undo.eventId) },
  });
}

/** All rejections of an image's versions, newest first, also those that have ended. */
export async function findPastRejections(
  db: Db,
  hardwareKey: string,
): Promise<readonly PastRejection[]> {
  const rows = await db.rejectedVersion.findMany({
    where: { hardwareKey },
    include: RELATIONS,
    orderBy: { eventId: "desc" },
  });
  return rows.map(toPastRejection);
}

/** The newest rejection in force of each version of an image, by version. */
export async function findRejections(
  db: Db,
  hardwareKey: string,
): Promise<ReadonlyMap<string, Rejection>> {
  const found = await findRejectionsOfImages(db, [hardwareKey]);
  return found.get(hardwareKey) ?? new Map();
}

/** The rules, with the rejections of the versions that they hold. */
export async function addRejections(db: Db, rules: readonly Rule[]): Promise<readonly Rule[]> {
  const keys = new Set(rules.map(({ hardware, updateType }) => imageKey(hardware, updateType)));
  const found = await findRejectionsOfImages(db, [...keys]);
  return found.size === 0
    ? rules
    : rules.map((rule) => {
        const rejections = found.get(imageKey(rule.hardware, rule.updateType));
        return rejections === undefined ? rule : markRule(rule, rejections);
      });
}

function markRule(rule: Rule, rejections: ReadonlyMap<string, Rejection>): Rule {
  return {
    ...rule,
    approved: rule.approved && markRelease(rule.approved, rejections),
    pending: rule.pending && markRelease(rule.pending, rejections),
    restore: rule.restore && markRelease(rule.restore, rejections),
  };
}

/** The release with the rejection of its version, if there is one. */
export function markRelease(
  release: ReleaseRef,
  rejections: ReadonlyMap<string, Rejection>,
): ReleaseRef {
  const rejection = rejections.get(release.version);
  return rejection === undefined ? release : { ...release, rejection };
}

type RejectionsOfImages = ReadonlyMap<string, ReadonlyMap<string, Rejection>>;

async function findRejectionsOfImages(
  db: Db,
  hardwareKeys: readonly string[],
): Promise<RejectionsOfImages> {
  const byImage = new Map<string, Map<string, Rejection>>();
  if (hardwareKeys.length === 0) {
    return byImage;
  }
  // One parameter for all keys: a statement has at most 32,767 of them.
  const ids = await db.$queryRaw<{ eventId: bigint }[]>`
    SELECT "eventId" FROM "RejectedVersion"
    WHERE "endedById" IS NULL AND "hardwareKey" = ANY(${hardwareKeys}::text[])`;
  if (ids.length === 0) {
    return byImage;
  }
  const rows = await db.rejectedVersion.findMany({
    where: { eventId: { in: ids.map(({ eventId }) => eventId) } },
    include: { event: EVENT },
    orderBy: { eventId: "asc" },
  });
  for (const row of rows) {
    const versions = byImage.get(row.hardwareKey) ?? new Map<string, Rejection>();
    versions.set(row.version, toRejection(row));
    byImage.set(row.hardwareKey, versions);
  }
  return byImage;
}

function toRejection({
  version,
  event,
}: Pick<RejectionRow, "version"> & { readonly event: EventRow }): Rejection {
  const kind = REJECTION_KIND_BY_VERB[verbColumn.parse(event.verb)];
  if (kind === null) {
    throw new Error(`an event with verb ${event.verb} rejects nothing`);
  }
  return {
    version,
    kind,
    poolFqdn: ruleColumn.parse(event.rule).poolFqdn,
    rejectedBy: event.actorName,
    reason: event.reason,
    rejectedAt: event.at,
  };
}

function toPastRejection(row: RejectionRow): PastRejection {
  return { ...toRejection(row), ended: row.endedBy && toEnd(row.endedBy) };
}

function toEnd({ actorName, at, reason, undoesId }: EventRow): PastRejection["ended"] {
  return { by: actorName, at, reason, isUndo: undoesId !== null };
}
