import { setTimeout as delay } from "node:timers/promises";
import type { Progress } from "#programs/cli/output/progress";
import { progressOf } from "#programs/cli/output/progress";
import type { Session } from "#programs/cli/session";
import { AppError } from "#foundation/core/errors";
import type { ImportJob } from "#firmware/imports/model";
import { findImport } from "#firmware/imports/server/find-import";
import { IMPORT_TASKS } from "#firmware/imports/server/import-task";
import { phaseOf } from "#firmware/imports/transitions";
import { startWorker } from "#foundation/platform/jobs";

const LOOK_EVERY_MS = 200;

/**
 * Waits until an import finishes or needs an answer. This process runs a worker too: if the service runs, the first
 * free worker takes the job; if not, this process does. Returns null when the command is asked to stop; the import
 * stays in the queue.
 */
export async function followImport(session: Session, importId: string): Promise<ImportJob | null> {
  const worker = await startWorker(IMPORT_TASKS);
  const progress = progressOf(session.terminal, "Unpacking");
  let bytesTotal = 0;
  try {
    while (!session.terminal.stop.aborted) {
      const job = await requireImport(session, importId);
      if (phaseOf(job.state) !== "running") {
        showEnd(progress, job, bytesTotal);
        return job;
      }
      if ("progress" in job && job.progress.bytesTotal > 0) {
        bytesTotal = job.progress.bytesTotal;
        progress.update(job.progress.bytesDone, bytesTotal);
      }
      // The signal to stop ends the delay with an error.
      await delay(LOOK_EVERY_MS, undefined, { signal: session.terminal.stop }).catch(
        () => undefined,
      );
    }
    return null;
  } finally {
    progress.finish();
    await worker.stop();
  }
}

/** Shows 100 %, because the last progress that a job records is slightly below its end. */
function showEnd(progress: Progress, job: ImportJob, bytesTotal: number): void {
  if (job.state === "succeeded" && bytesTotal > 0) {
    progress.update(bytesTotal, bytesTotal);
  }
}

export async function requireImport(session: Session, importId: string): Promise<ImportJob> {
  const job = await findImport(session.context(), importId);
  if (job === null) {
    throw new AppError("not_found", `There is no import ${importId}.`);
  }
  return job;
}
