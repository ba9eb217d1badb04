import "server-only";
import { z } from "zod";
import type { PhoneJob } from "#phones/phone-jobs/model";
import { PHONE_JOB_KINDS, PHONE_JOB_STATES } from "#phones/phone-jobs/model";
import type { Db } from "#foundation/platform/db/client";
import type { Prisma } from "#generated/client";

const kindColumn = z.enum(PHONE_JOB_KINDS);
const stateColumn = z.enum(PHONE_JOB_STATES);

function toPhoneJob(row: Prisma.PhoneJobGetPayload<object>): PhoneJob {
  return {
    id: row.id,
    kind: kindColumn.parse(row.kind),
    state: stateColumn.parse(row.state),
    search: row.search,
    reason: row.reason,
    total: row.total,
    changed: row.changed,
    skipped: row.skipped,
    createdByName: row.createdByName,
    createdById: row.createdById,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
  };
}

type NewPhoneJob = Pick<
  PhoneJob,
  "kind" | "search" | "reason" | "createdByName" | "createdById" | "createdAt"
>;

/** Stores a job with the phones that it is about. */
export async function insertPhoneJob(
  tx: Db,
  { kind, search, reason, createdByName, createdById, createdAt }: NewPhoneJob,
  deviceIds: readonly string[],
): Promise<PhoneJob> {
  const row = await tx.phoneJob.create({
    data: {
      kind,
      state: "running",
      search,
      reason,
      total: deviceIds.length,
      createdByName,
      createdById,
      createdAt,
    },
  });
  await tx.$executeRaw`
    INSERT INTO "PhoneJobTarget" ("jobId", "deviceId")
    SELECT ${row.id}::uuid, "id" FROM unnest(${[...deviceIds]}::uuid[]) AS phone ("id")`;
  return toPhoneJob(row);
}

export async function findPhoneJob(db: Db, id: string): Promise<PhoneJob | null> {
  const row = await db.phoneJob.findUnique({ where: { id } });
  return row && toPhoneJob(row);
}

/** Locks a job until the transaction ends: one batch of it runs at a time. */
export async function lockPhoneJob(tx: Db, id: string): Promise<PhoneJob | null> {
  await tx.$queryRaw`SELECT FROM "PhoneJob" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return findPhoneJob(tx, id);
}

/** The running jobs, and those that ended after a time; newest first. */
export async function findRecentPhoneJobs(
  db: Db,
  endedAfter: Date,
  most: number,
): Promise<readonly PhoneJob[]> {
  const rows = await db.phoneJob.findMany({
    where: { OR: [{ finishedAt: null }, { finishedAt: { gt: endedAfter } }] },
    orderBy: { createdAt: "desc" },
    take: most,
  });
  return rows.map(toPhoneJob);
}

/** Takes phones that the job has not reached yet; returns their ids. */
export async function takeTargets(tx: Db, jobId: string, most: number): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    DELETE FROM "PhoneJobTarget" WHERE "jobId" = ${jobId}::uuid AND "deviceId" = ANY(ARRAY(
      SELECT "deviceId" FROM "PhoneJobTarget" WHERE "jobId" = ${jobId}::uuid ORDER BY "deviceId" LIMIT ${most}
    ))
    RETURNING "deviceId"::text AS "id"`;
  return rows.map(({ id }) => id);
}

export async function addProgress(
  tx: Db,
  jobId: string,
  { changed, skipped }: Pick<PhoneJob, "changed" | "skipped">,
): Promise<void> {
  await tx.phoneJob.update({
    where: { id: jobId },
    data: { changed: { increment: changed }, skipped: { increment: skipped } },
  });
}

/** Ends a job; the phones that it has not reached stay as they are. */
export async function endPhoneJob(
  tx: Db,
  jobId: string,
  { state, at }: { readonly state: "done" | "cancelled"; readonly at: Date },
): Promise<void> {
  await tx.phoneJobTarget.deleteMany({ where: { jobId } });
  await tx.phoneJob.update({ where: { id: jobId }, data: { state, finishedAt: at } });
}
