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
 * Waits until an import is over or asks something. This process takes part in the work: if the service
 * runs, whichever worker comes first has the job; if not, it is this one. Null when asked to stop: the
 * import is in the queue and goes on without us.
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
      // Being asked to stop ends the pause.
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

/** The last step that a job records lies a little before its end. */
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
