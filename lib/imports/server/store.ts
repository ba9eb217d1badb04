import "server-only";

import { z } from "zod";
import type {
  DetailsQuestion,
  FoundUpdate,
  ImportAnswers,
  ImportFacts,
  ImportJob,
  ImportReport,
  ImportState,
  ImportStatus,
  ImportSummary,
} from "#lib/imports/model";
import { IMPORT_STATES, NO_ANSWERS } from "#lib/imports/model";
import { answersColumn, questionColumn, reportColumn } from "#lib/imports/columns";
import type { ImportSortColumn } from "#lib/imports/search-params";
import {
  toAnswersColumn,
  toMemberColumn,
  toReportColumn,
  toUpdateColumn,
} from "#lib/imports/server/to-columns";
import { statesBefore, statesIn } from "#lib/imports/transitions";
import type { Db } from "#lib/platform/db/client";
import { Prisma } from "#generated/client";

const stateColumn = z.enum(IMPORT_STATES);
const importId = z.uuid();

type JobRow = Prisma.ImportJobGetPayload<object>;

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
  /** Name of the upload in the staging area. */
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
  // Ids come from addresses; PostgreSQL would refuse one that is none.
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

/** One page of imports and how many match. */
export async function searchImports(
  db: Db,
  { q, state, sort, order }: ImportSearch,
  window: { readonly skip: number; readonly take: number },
): Promise<{ readonly imports: readonly ImportSummary[]; readonly total: number }> {
  const contains = { contains: q, mode: "insensitive" } as const;
  const conditions: Prisma.ImportJobWhereInput[] = [];
  if (q !== "") {
    conditions.push({
      OR: [{ fileName: contains }, { createdByName: contains }, { notes: contains }],
    });
  }
  if (state.length > 0) {
    conditions.push({ state: { in: [...state] } });
  }
  const where = { AND: conditions };
  const [rows, total] = await Promise.all([
    // The id breaks ties: without it a row can appear on two pages, or on none.
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

/** Uploads that some import still needs. */
export async function findNeededUploads(db: Db): Promise<ReadonlySet<string>> {
  const rows = await db.importJob.findMany({
    where: { state: { in: [...statesIn("running"), ...statesIn("waiting")] } },
    select: { upload: true },
  });
  return new Set(rows.map(({ upload }) => upload));
}

/** What was answered for the latest successful import of the same bytes; null where nothing was. */
export async function findAnswersForContent(db: Db, sha256: string): Promise<ImportAnswers | null> {
  const row = await db.importJob.findFirst({
    where: { sha256, state: "succeeded" },
    orderBy: [{ finishedAt: "desc" }, { id: "desc" }],
    select: { details: true },
  });
  return row === null ? null : toAnswers(row.details);
}

/** What was answered for the latest successful imports that needed an answer, latest first. */
export async function listEarlierAnswers(db: Db, take: number): Promise<readonly ImportAnswers[]> {
  const rows = await db.importJob.findMany({
    where: { state: "succeeded", NOT: { details: { path: ["details"], equals: [] } } },
    orderBy: [{ finishedAt: "desc" }, { id: "desc" }],
    select: { details: true },
    take,
  });
  return rows.map(({ details }) => toAnswers(details));
}

/** What a run needs to know, besides the import itself. */
export type ImportRun = {
  readonly import: ImportJob;
  readonly upload: string;
  /**
   * How often the import was begun, this time included. Everything a run writes is refused once another
   * run has begun: a process that was only believed dead cannot write over its successor.
   */
  readonly attempt: number;
};

export async function findRun(db: Db, id: string): Promise<ImportRun | null> {
  const row = await db.importJob.findUnique({ where: { id } });
  return row && toRun(row);
}

/** Begins the next attempt if nobody else has begun it since the run was read. */
export async function beginAttempt(
  db: Db,
  { import: job, attempt }: ImportRun,
  now: Date,
): Promise<ImportRun | null> {
  const { count } = await db.importJob.updateMany({
    where: { id: job.id, attempts: attempt, state: { in: statesBefore("unpacking") } },
    data: {
      state: "unpacking",
      attempts: attempt + 1,
      bytesDone: 0,
      bytesTotal: 0,
      currentEntry: "",
      startedAt: job.startedAt ?? now,
    },
  });
  return count === 1 ? findRun(db, job.id) : null;
}

export async function writeProgress(
  db: Db,
  run: ImportRun,
  progress: {
    readonly bytesDone: number;
    readonly bytesTotal: number;
    readonly currentEntry: string;
  },
): Promise<void> {
  await db.importJob.updateMany({
    where: { id: run.import.id, attempts: run.attempt, state: "unpacking" },
    data: {
      bytesDone: progress.bytesDone,
      bytesTotal: progress.bytesTotal,
      currentEntry: progress.currentEntry,
    },
  });
}

/** What a run comes to, with what belongs to it. */
export type RunStep =
  | { readonly to: "applying"; readonly answers: ImportAnswers }
  | ({ readonly to: "needs_details" } & DetailsQuestion)
  | { readonly to: "needs_confirmation"; readonly mismatched: readonly FoundUpdate[] }
  | { readonly to: "succeeded"; readonly report: ImportReport; readonly finishedAt: Date }
  | { readonly to: "failed"; readonly error: string; readonly finishedAt: Date }
  /** Back into the queue: the process stops, and the attempt does not count. */
  | { readonly to: "queued" };

/** Moves the import on if it is still this run's; says whether it did. */
export async function moveRun(db: Db, run: ImportRun, step: RunStep): Promise<boolean> {
  const { count } = await db.importJob.updateMany({
    where: { id: run.import.id, attempts: run.attempt, state: { in: statesBefore(step.to) } },
    data: { state: step.to, ...toStepColumns(step, run) },
  });
  return count === 1;
}

function toStepColumns(step: RunStep, run: ImportRun): Prisma.ImportJobUpdateManyMutationInput {
  switch (step.to) {
    case "applying":
      return { details: toAnswersColumn(step.answers), members: Prisma.DbNull };
    case "needs_details":
      return {
        members: { undescribed: step.undescribed.map(toMemberColumn), problem: step.problem },
      };
    case "needs_confirmation":
      return { members: { mismatched: step.mismatched.map(toUpdateColumn) } };
    case "succeeded":
      return { report: toReportColumn(step.report), finishedAt: step.finishedAt };
    case "failed":
      return { error: step.error, members: Prisma.DbNull, finishedAt: step.finishedAt };
    case "queued":
      return { attempts: run.attempt - 1 };
  }
}

/** Puts a waiting import back into the queue with what was answered; says whether it still waited. */
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

/** Cancels an import that does not run; returns the upload it no longer needs, or null if it does run. */
export async function cancelIdleImport(tx: Db, id: string, now: Date): Promise<string | null> {
  const [row] = await tx.importJob.updateManyAndReturn({
    where: { id, state: { in: statesBefore("cancelled") } },
    data: { state: "cancelled", members: Prisma.DbNull, finishedAt: now },
    select: { upload: true },
  });
  return row?.upload ?? null;
}

function toRun(row: JobRow): ImportRun {
  return { import: toImport(row), upload: row.upload, attempt: row.attempts };
}

function toImport(row: JobRow): ImportJob {
  return { ...toFacts(row), ...toStatus(row) };
}

function toFacts(row: JobRow): ImportFacts {
  return {
    id: row.id,
    fileName: row.fileName,
    sizeBytes: Number(row.sizeBytes),
    sha256: row.sha256 ?? "",
    poolIds: row.poolIds,
    notes: row.notes,
    answers: toAnswers(row.details),
    createdByName: row.createdByName,
    createdById: row.createdById,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
  };
}

function toStatus(row: JobRow): ImportStatus {
  const state = stateColumn.parse(row.state);
  switch (state) {
    case "queued":
    case "cancelled":
      return { state };
    case "unpacking":
    case "applying":
      return {
        state,
        progress: {
          bytesDone: Number(row.bytesDone),
          bytesTotal: Number(row.bytesTotal),
          currentEntry: row.currentEntry,
        },
      };
    case "needs_details":
      return { state, ...toDetailsQuestion(row) };
    case "needs_confirmation":
      return { state, mismatched: questionColumn.parse(row.members).mismatched };
    case "succeeded":
      return { state, report: reportColumn.parse(row.report) };
    case "failed":
      return { state, error: row.error ?? "" };
  }
}

function toDetailsQuestion(row: JobRow): DetailsQuestion {
  const { undescribed, problem } = questionColumn.parse(row.members);
  return { undescribed, problem };
}

function toSummary(row: Omit<JobRow, "report" | "members" | "details">): ImportSummary {
  return {
    id: row.id,
    state: stateColumn.parse(row.state),
    fileName: row.fileName,
    sizeBytes: Number(row.sizeBytes),
    poolIds: row.poolIds,
    notes: row.notes,
    createdByName: row.createdByName,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
    error: row.error,
  };
}

function toAnswers(column: unknown): ImportAnswers {
  return column === null ? NO_ANSWERS : answersColumn.parse(column);
}
