import "server-only";

import { Prisma } from "#generated/client";
import type {
  DetailsQuestion,
  FailedImport,
  FoundUpdate,
  ImportAnswers,
  ImportJob,
  ImportReport,
} from "#firmware/imports/model";
import type { JobRow } from "#firmware/imports/server/import-rows";
import { toImport } from "#firmware/imports/server/import-rows";
import {
  toAnswersColumn,
  toFailureColumn,
  toQuestionColumn,
  toReportColumn,
  toUpdateColumn,
} from "#firmware/imports/server/to-columns";
import { statesBefore } from "#firmware/imports/transitions";
import type { Db } from "#foundation/platform/db/client";

// What the process that runs an import reads and writes, and nobody else.

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
  | ({ readonly to: "failed"; readonly finishedAt: Date } & FailedImport)
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
        members: toQuestionColumn(step),
      };
    case "needs_confirmation":
      return { members: { mismatched: step.mismatched.map(toUpdateColumn) } };
    case "succeeded":
      return { report: toReportColumn(step.report), finishedAt: step.finishedAt };
    case "failed":
      return {
        error: step.error,
        report: step.failure === null ? Prisma.DbNull : { failure: toFailureColumn(step.failure) },
        members: Prisma.DbNull,
        finishedAt: step.finishedAt,
      };
    case "queued":
      return { attempts: run.attempt - 1 };
  }
}

function toRun(row: JobRow): ImportRun {
  return { import: toImport(row), upload: row.upload, attempt: row.attempts };
}
