import "server-only";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";
import type { PhoneJob } from "#phones/phone-jobs/model";
import { endPhoneJob, lockPhoneJob } from "#phones/phone-jobs/server/job-store";

/** Stops a running job; the phones that it has reached stay changed. Throws `invalid_state` if it has ended. */
export async function cancelPhoneJob(
  context: UseCaseContext,
  { jobId }: { readonly jobId: string },
): Promise<PhoneJob> {
  requirePermission(context.actor, "device:write");
  return inTransaction(async (tx) => {
    const job = await lockPhoneJob(tx, jobId);
    if (job === null) {
      throw new AppError("not_found", "There is no such job.");
    }
    if (job.state !== "running") {
      throw new AppError("invalid_state", "This job has ended already.");
    }
    const { now: at } = context;
    await endPhoneJob(tx, jobId, { state: "cancelled", at });
    await recordAudit(tx, context, [
      {
        action: "device.job_cancelled",
        subject: { kind: "device", id: "", name: "" },
        facts: { search: job.search, phones: job.total, changed: job.changed },
      },
    ]);
    return { ...job, state: "cancelled", finishedAt: at };
  });
}
