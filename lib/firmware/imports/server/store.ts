import "server-only";

import { z } from "zod";
import { Prisma } from "#generated/client";
import type {
  ImportAnswers,
  ImportFacts,
  ImportJob,
  ImportState,
  ImportSummary,
} from "#firmware/imports/model";
import type { ImportSortColumn } from "#firmware/imports/search-params";
import { toAnswers, toImport, toSummary } from "#firmware/imports/server/import-rows";
import { toAnswersColumn } from "#firmware/imports/server/to-columns";
import { statesBefore, statesIn } from "#firmware/imports/transitions";
import type { Db } from "#foundation/platform/db/client";
import { containing } from "#foundation/platform/db/text-filter";

const importId = z.uuid();

export type NewImport = Pick<
  ImportFacts,
  | "fileName"
  | "sizeBytes"
  | "sha256"
  | "poolIds"
  | "notes"
  | "answers"
  | "createdByName"
  | "createdById"
  | "createdAt"
> & {
  /** The name of the upload in the staging area. */
  readonly upload: string;
};

export async function insertImport(tx: Db, given: NewImport): Promise<ImportJob> {
  const row = await tx.importJob.create({
    data: {
      state: "queued",
      fileName: given.fileName,
      sizeBytes: given.sizeBytes,
      sha256: given.sha256,
      upload: given.upload,
      poolIds: [...given.poolIds],
      notes: given.notes,
      details: toAnswersColumn(given.answers),
      createdByName: given.createdByName,
      createdById: given.createdById,
      createdAt: given.createdAt,
    },
  });
  return toImport(row);
}

export async function findImportById(db: Db, id: string): Promise<ImportJob | null> {
  // Ids come from URLs; PostgreSQL throws for a text that is not a UUID.
  if (!importId.safeParse(id).success) {
    return null;
  }
  const row = await db.importJob.findUnique({ where: { id } });
  return row && toImport(row);
}

export type ImportSearch = {
  readonly q: string;
  readonly state: readonly ImportState[];
  readonly sort: ImportSortColumn;
  readonly order: "asc" | "desc";
};

/** One page of imports, and the number of matches. */
export async function searchImports(
  db: Db,
  { q, state, sort, order }: ImportSearch,
  window: { readonly skip: number; readonly take: number },
): Promise<{ readonly imports: readonly ImportSummary[]; readonly total: number }> {
  const text = q.trim();
  const contains = containing(text);
  const conditions: Prisma.ImportJobWhereInput[] = [];
  if (text !== "") {
    conditions.push({
      OR: [{ fileName: contains }, { createdByName: contains }, { notes: contains }],
    });
  }
  if (state.length > 0) {
    conditions.push({ state: { in: [...state] } });
  }
  const where = { AND: conditions };
  const [rows, total] = await Promise.all([
    // The id breaks ties; without it, a row could appear on two pages or on none.
    db.importJob.findMany({
      where,
      orderBy: [{ [sort]: order }, { id: order }],
      omit: { report: true, members: true, details: true },
      skip: window.skip,
      take: window.take,
    }),
    db.importJob.count({ where }),
  ]);
  return { imports: rows.map(toSummary), total };
}

export async function countImportsIn(db: Db, states: readonly ImportState[]): Promise<number> {
  return db.importJob.count({ where: { state: { in: [...states] } } });
}

/** The names of uploads that an import still needs. */
export async function findNeededUploads(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.importJob.findMany({
    where: { state: { in: [...statesIn("running"), ...statesIn("waiting")] } },
    select: { upload: true },
  });
  return new Set(rows.map(({ upload }) => upload));
}

/** The answers of the latest successful import of the same bytes; null if there are none. */
export async function findAnswersForContent(db: Db, sha256: string): Promise<ImportAnswers | null> {
  const row = await db.importJob.findFirst({
    where: { sha256, state: "succeeded" },
    orderBy: [{ finishedAt: "desc" }, { id: "desc" }],
    select: { details: true },
  });
  return row === null ? null : toAnswers(row.details);
}

/** The answers of the latest successful imports that needed answers, latest first. */
export async function listEarlierAnswers(db: Db, take: number): Promise<readonly ImportAnswers[]> {
  const rows = await db.importJob.findMany({
    where: { state: "succeeded", NOT: { details: { path: ["details"], equals: [] } } },
    orderBy: [{ finishedAt: "desc" }, { id: "desc" }],
    select: { details: true },
    take,
  });
  return rows.map(({ details }) => toAnswers(details));
}

/** Requeues a waiting import with its answers; returns whether it was still waiting. */
export async function requeueAnswered(
  tx: Db,
  { id, state, answers }: Pick<ImportJob, "id" | "state" | "answers">,
): Promise<boolean> {
  const { count } = await tx.importJob.updateMany({
    where: { id, state },
    data: {
      state: "queued",
      details: toAnswersColumn(answers),
      members: Prisma.DbNull,
      attempts: 0,
    },
  });
  return count === 1;
}

/** Cancels an import that is not running; returns the name of its upload, or null if it is running. */
export async function cancelIdleImport(tx: Db, id: string, now: Date): Promise<string | null> {
  const [row] = await tx.importJob.updateManyAndReturn({
    where: { id, state: { in: statesBefore("cancelled") } },
    data: { state: "cancelled", members: Prisma.DbNull, finishedAt: now },
    select: { upload: true },
  });
  return row?.upload ?? null;
}

/**
 * Deletes a batch of imports that ended before an instant; returns their number. The latest successful import of each
 * content stays, because its answers are reused for the same bytes.
 */
export async function deleteEndedImports(db: Db, before: Date, take: number): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "ImportJob" WHERE "id" IN (
      SELECT "id" FROM "ImportJob" old
      WHERE "finishedAt" < ${before} AND "state" = ANY(${[...statesIn("finished")]}) AND (
        "state" <> 'succeeded' OR EXISTS (
          SELECT FROM "ImportJob" later
          WHERE later."sha256" = old."sha256" AND later."state" = 'succeeded'
            AND later."finishedAt" > old."finishedAt"
        )
      )
      ORDER BY "id" LIMIT ${take}
    )`;
}
