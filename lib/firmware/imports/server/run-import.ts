import "server-only";

import { basename } from "node:path";
import { recordAudit } from "#foundation/audit/server/record-audit";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { makeWorkDirectory, removeStaged } from "#firmware/files/server/staging";
import { fetchUpload, removeUpload, requireUploadStore } from "#firmware/files/server/uploads";
import { importFailed } from "#firmware/imports/audit-facts";
import { importFailedNotice, importWaitingNotice } from "#firmware/imports/notices";
import { applyPackageUnchecked } from "#firmware/imports/server/apply-package";
import type { FailedImport } from "#firmware/imports/model";
import { TOO_MANY_ATTEMPTS, toFailedImport } from "#firmware/imports/server/failed-import";
import { importLimits } from "#firmware/imports/server/import-limits";
import type { PackageReading } from "#firmware/imports/server/read-package";
import { readPackage } from "#firmware/imports/server/read-package";
import { progressWriter } from "#firmware/imports/server/progress-writer";
import type { ImportRun, RunStep } from "#firmware/imports/server/run-store";
import { beginAttempt, findRun, moveRun } from "#firmware/imports/server/run-store";
import { recordNotice } from "#foundation/notices/server/record-notice";
import { findVocabularyUnchecked } from "#firmware/rules/server/find-vocabulary";
import { decidePickUp } from "#firmware/imports/transitions";
import { db, inTransaction } from "#foundation/platform/db/client";
import { log } from "#foundation/platform/log";

export type RunImport = {
  readonly importId: string;
  /** Aborted on shutdown: the import is requeued. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
};

/**
 * Runs an import from its upload to its end, or to a question for the administrator. Nothing is visible before the
 * single transaction at the end. Only the upload is kept between runs, so a run that was killed is repeated from the
 * start. Throws on transient errors, so that the job is retried.
 */
export async function runImport(input: RunImport): Promise<void> {
  const found = await findRun(db, input.importId);
  const pickUp = found === null ? "leave" : decidePickUp(found.import.state, found.attempt);
  if (found === null || pickUp === "leave") {
    return;
  }
  if (pickUp === "give_up") {
    await failRun(found, input, TOO_MANY_ATTEMPTS);
    return;
  }
  // An outage of the content store is not an attempt: the number of attempts is small.
  await requireUploadStore(found.upload);
  const run = await beginAttempt(db, found, input.now());
  if (run !== null) {
    await attempt(run, input);
  }
}

async function attempt(run: ImportRun, input: RunImport): Promise<void> {
  const workDirectory = await makeWorkDirectory();
  try {
    const reading = await read(run, workDirectory, input.signal);
    input.signal.throwIfAborted();
    await settle(run, reading, input);
  } catch (error) {
    await settleFailure(run, error, input);
  } finally {
    await removeStaged(basename(workDirectory));
  }
}

async function read(
  run: ImportRun,
  workDirectory: string,
  signal: AbortSignal,
): Promise<PackageReading> {
  const { fileName, sha256, sizeBytes, answers } = run.import;
  const progress = progressWriter(run);
  try {
    const upload = { name: run.upload, sha256, sizeBytes };
    const path = await fetchUpload(upload, { workDirectory, signal });
    return await readPackage(
      { path, fileName, sha256, sizeBytes },
      {
        answers,
        vocabulary: await findVocabularyUnchecked(),
        workDirectory,
        limits: importLimits(),
        onProgress: progress.report,
        signal,
      },
    );
  } finally {
    await progress.finish();
  }
}

async function settle(run: ImportRun, reading: PackageReading, input: RunImport): Promise<void> {
  switch (reading.kind) {
    case "needs_details": {
      const { undescribed, understood, ignored, problem, failure } = reading;
      const question = { undescribed, understood, ignored, problem, failure };
      await ask(run, input, { to: "needs_details", ...question });
      return;
    }
    case "needs_confirmation":
      await ask(run, input, { to: "needs_confirmation", mismatched: reading.mismatched });
      return;
    case "failed":
      await failRun(run, input, reading);
      return;
    case "readable":
      await applyPackageUnchecked(toContext(run, input.now()), run, reading);
      // After the commit: a crash here leaves a file that the next sweep removes.
      await removeUpload(run.upload);
  }
}

type Question = Extract<RunStep, { readonly to: "needs_details" | "needs_confirmation" }>;

/** Leaves the import to an administrator. */
async function ask(run: ImportRun, { now }: RunImport, question: Question): Promise<void> {
  await inTransaction(async (tx) => {
    if (await moveRun(tx, run, question)) {
      await recordNotice(tx, { ...importWaitingNotice(run, question), at: now() });
    }
  });
}

async function settleFailure(run: ImportRun, error: unknown, input: RunImport): Promise<void> {
  if (input.signal.aborted) {
    await moveRun(db, run, { to: "queued" });
    throw error;
  }
  const failed = toFailedImport(error);
  if (failed === null) {
    log().error({ err: error, importId: run.import.id }, "an import was aborted");
    throw error;
  }
  await failRun(run, input, failed);
}

async function failRun(
  run: ImportRun,
  { now }: RunImport,
  { error, failure }: FailedImport,
): Promise<void> {
  const context = toContext(run, now());
  const isOurs = await inTransaction(async (tx) => {
    const finishedAt = context.now;
    const isMoved = await moveRun(tx, run, { to: "failed", error, failure, finishedAt });
    if (isMoved) {
      await recordNotice(tx, { ...importFailedNotice(run.import, error), at: finishedAt });
      await recordAudit(tx, context, [importFailed(run.import, error)]);
    }
    return isMoved;
  });
  if (isOurs) {
    await removeUpload(run.upload);
  }
}

/** The import acts for the account that started it. `startImport` has checked the permission. */
function toContext({ import: job }: ImportRun, now: Date): UseCaseContext {
  const { createdById: id, createdByName: name } = job;
  const kind = id === null ? "command_line" : "account";
  return { actor: { kind, id, name, role: "administrator" }, now, requestId: job.id };
}
