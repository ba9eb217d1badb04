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
import { notifyLive } from "#foundation/platform/db/listen";

// Reads and writes for the process that runs an import. No other code uses this file.

/** An import with the data of its run. */
export type ImportRun = {
  readonly import: ImportJob;
  readonly upload: string;
  /**
   * The number of attempts, including this one. All writes of a run are refused after another run has started, so that a
   * process that was wrongly treated as dead cannot overwrite its successor.
   */
  readonly attempt: number;
};

export async function findRun(db: Db, id: string): Promise<ImportRun | null> {
  const row = await db.importJob.findUnique({ where: { id } });
  return row && toRun(row);
}

/** Starts the next attempt, unless another process has started it since the run was read. */
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
  await notifyLive(db, "imports");
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

/** A step of a run: its new state with the fields of that state. */
export type RunStep =
  | { readonly to: "applying"; readonly answers: ImportAnswers }
  | ({ readonly to: "needs_details" } & DetailsQuestion)
  | { readonly to: "needs_confirmation"; readonly mismatched: readonly FoundUpdate[] }
  | { readonly to: "succeeded"; readonly report: ImportReport; readonly finishedAt: Date }
  | ({ readonly to: "failed"; readonly finishedAt: Date } & FailedImport)
  /** Requeued on shutdown; the attempt does not count. */
  | { readonly to: "queued" };

/** Moves the import to a new state if it still belongs to this run; returns whether it did. */
export async function moveRun(db: Db, run: ImportRun, step: RunStep): Promise<boolean> {
  const { count } = await db.importJob.updateMany({
    where: { id: run.import.id, attempts: run.attempt, state: { in: statesBefore(step.to) } },
    data: { state: step.to, ...toStepColumns(step, run) },
  });
  await notifyLive(db, "imports");
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
