import "server-only";
import { z } from "zod";
import { restoreWithinUnchecked } from "#fleet/devices/server/restore-phones";
import { retireWithinUnchecked } from "#fleet/devices/server/retire-phones";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Db } from "#foundation/platform/db/client";
import { db, inTransaction } from "#foundation/platform/db/client";
import type { JobTask } from "#foundation/platform/jobs";
import type { PhoneJob } from "#phones/phone-jobs/model";
import { BATCH_PHONES } from "#phones/phone-jobs/model";
import {
  addProgress,
  endPhoneJob,
  findPhoneJob,
  lockPhoneJob,
  takeTargets,
} from "#phones/phone-jobs/server/job-store";

/** The name of the task for workers. */
export const PHONE_JOB_TASK = "phone job";

const payload = z.object({ jobId: z.uuid() });

/** The tasks of a worker that runs actions on many phones. */
export const PHONE_JOB_TASKS: Readonly<Record<string, JobTask>> = {
  [PHONE_JOB_TASK]: async (input, { signal }) => {
    await runPhoneJob(payload.parse(input).jobId, () => new Date(), signal);
  },
};

const ACTIONS = {
  retire: retireWithinUnchecked,
  restore: restoreWithinUnchecked,
} as const satisfies Record<PhoneJob["kind"], unknown>;

/**
 * Runs a job to its end, or until it is cancelled or aborted; returns it as it is then. A batch, its audit entry and the
 * progress commit together, so that a job that is killed goes on where it was. `startPhoneJob` has checked the permission.
 */
export async function runPhoneJob(
  jobId: string,
  now: () => Date,
  signal?: AbortSignal,
): Promise<PhoneJob | null> {
  while (signal?.aborted !== true) {
    if (!(await inTransaction((tx) => runBatch(tx, jobId, now())))) {
      break;
    }
  }
  if (signal?.aborted === true) {
    throw new Error("The job was interrupted; the next attempt goes on.");
  }
  return findPhoneJob(db, jobId);
}

/** Returns whether phones are left. */
async function runBatch(tx: Db, jobId: string, now: Date): Promise<boolean> {
  const job = await lockPhoneJob(tx, jobId);
  if (job?.state !== "running") {
    return false;
  }
  const deviceIds = await takeTargets(tx, jobId, BATCH_PHONES);
  const { kind, reason, search } = job;
  const report =
    deviceIds.length === 0
      ? { changed: 0, skipped: 0 }
      : await ACTIONS[kind](tx, toContext(job, now), {
          deviceIds: [...deviceIds],
          reason,
          facts: { search },
        });
  await addProgress(tx, jobId, report);
  if (deviceIds.length < BATCH_PHONES) {
    await endPhoneJob(tx, jobId, { state: "done", at: now });
    return false;
  }
  return true;
}

/** The job acts for the account that started it. */
function toContext(
  { id: requestId, createdById, createdByName }: PhoneJob,
  now: Date,
): UseCaseContext {
  const kind = createdById === null ? "command_line" : "account";
  const actor = { kind, id: createdById, name: createdByName, role: "administrator" } as const;
  return { actor, now, requestId };
}
