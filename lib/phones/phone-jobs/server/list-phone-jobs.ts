import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { PhoneJob } from "#phones/phone-jobs/model";
import { BATCH_PHONES } from "#phones/phone-jobs/model";
import { findPhoneJob, findRecentPhoneJobs } from "#phones/phone-jobs/server/job-store";

const MAX_JOBS = 5;
const SHOWN_AFTER_END_MS = 60 * 60 * 1000;

/** The jobs of more than one batch that run, or that ended within the last hour; newest first. */
export async function listPhoneJobs(context: UseCaseContext): Promise<readonly PhoneJob[]> {
  requirePermission(context.actor, "device:read");
  const endedAfter = new Date(context.now.getTime() - SHOWN_AFTER_END_MS);
  const jobs = await findRecentPhoneJobs(db, endedAfter, MAX_JOBS);
  return jobs.filter(({ total }) => total > BATCH_PHONES);
}

/** Null if there is no such job. */
export async function findPhoneJobById(
  context: UseCaseContext,
  { jobId }: { readonly jobId: string },
): Promise<PhoneJob | null> {
  requirePermission(context.actor, "device:read");
  return findPhoneJob(db, jobId);
}
