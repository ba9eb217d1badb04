import "server-only";
import {
  findBriefArrivalPhoneIds,
  findGhostPhoneIds,
} from "#fleet/devices/server/find-doubtful-phones";
import { findRetiredPhoneIds } from "#fleet/devices/server/list-retired-phones";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";
import { addJob } from "#foundation/platform/jobs";
import type { PhoneJob } from "#phones/phone-jobs/model";
import { BATCH_PHONES, MAX_PHONES_PER_JOB } from "#phones/phone-jobs/model";
import type { ParsedStartPhoneJobInput } from "#phones/phone-jobs/schema";
import { toSearchText } from "#phones/phone-jobs/schema";
import { findTargetIds, requireSelection } from "#phones/phone-jobs/server/find-matching-phones";
import { insertPhoneJob } from "#phones/phone-jobs/server/job-store";
import { PHONE_JOB_TASK, runPhoneJob } from "#phones/phone-jobs/server/run-phone-job";

/** 200,000 phones are stored in one transaction. */
const SELECT_TIMEOUT_MS = 60_000;

/**
 * Retires all phones that match a search, or restores them from retirement. The phones are selected now; up to a batch of
 * them is done before this returns, and more are left to the worker. Throws `conflict` if the number of matching phones is
 * no longer about the confirmed one.
 */
export async function startPhoneJob(
  context: UseCaseContext,
  input: ParsedStartPhoneJobInput,
): Promise<PhoneJob> {
  requirePermission(context.actor, "device:write");
  const ids = await findIds(context, input);
  const { actor, now: createdAt } = context;
  const job = await inTransaction(
    async (tx) => {
      const stored = await insertPhoneJob(
        tx,
        {
          kind: input.kind === "restore" ? "restore" : "retire",
          search: toSubject(input),
          reason: input.reason,
          createdByName: actor.name,
          createdById: actor.id,
          createdAt,
        },
        ids,
      );
      await addJob(tx, { name: PHONE_JOB_TASK, payload: { jobId: stored.id } });
      return stored;
    },
    { timeoutMs: SELECT_TIMEOUT_MS },
  );
  return job.total > BATCH_PHONES ? job : ((await runPhoneJob(job.id, () => createdAt)) ?? job);
}

async function findIds(
  context: UseCaseContext,
  input: ParsedStartPhoneJobInput,
): Promise<readonly string[]> {
  if (input.kind === "retire") {
    return findTargetIds(context, input);
  }
  const ids = await findOtherIds(context, input);
  requireSelection(ids.length, input.seenCount);
  return ids;
}

type OtherInput = Exclude<ParsedStartPhoneJobInput, { kind: "retire" }>;

function findOtherIds(context: UseCaseContext, input: OtherInput): Promise<readonly string[]> {
  const most = MAX_PHONES_PER_JOB + 1;
  switch (input.kind) {
    case "restore":
      return findRetiredPhoneIds(context, input.search.q, most);
    case "retire_ghosts":
      return findGhostPhoneIds(context, most);
    case "retire_arrivals":
      return findBriefArrivalPhoneIds(context, input.arrivals, most);
  }
}

/** What the job is about, for people. */
function toSubject(input: ParsedStartPhoneJobInput): string {
  switch (input.kind) {
    case "retire":
    case "restore":
      return toSearchText(input.search);
    case "retire_ghosts":
      return "ghosts";
    case "retire_arrivals":
      return `arrivals of ${input.arrivals.hours} h from ${input.arrivals.network}`;
  }
}
