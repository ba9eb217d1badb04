/** Actions on all phones that match a search, which may be the whole fleet. */

export const PHONE_JOB_KINDS = ["retire", "restore"] as const;
export type PhoneJobKind = (typeof PHONE_JOB_KINDS)[number];

export const PHONE_JOB_STATES = ["running", "done", "cancelled"] as const;
export type PhoneJobState = (typeof PHONE_JOB_STATES)[number];

export type PhoneJob = {
  readonly id: string;
  readonly kind: PhoneJobKind;
  readonly state: PhoneJobState;
  /** The search whose phones it is about, as a query string; empty for all phones. */
  readonly search: string;
  readonly reason: string;
  readonly total: number;
  readonly changed: number;
  readonly skipped: number;
  readonly createdByName: string;
  /** Null for the command line. */
  readonly createdById: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
};

/** A job with more phones than this runs in the worker. */
export const BATCH_PHONES = 1_000;
export const MAX_PHONES_PER_JOB = 200_000;
export const MAX_TEST_DEVICES_PER_ACTION = 200;

/** What an action on all matching phones would be about. */
export type JobPreview = {
  readonly total: number;
  /** Phones that checked within the last day: once retired, they are soon listed again. */
  readonly recent: number;
};

/** The changes that a confirmed number of phones tolerates: phones check all the time. */
const MIN_TOLERATED = 5;
const TOLERATED_SHARE = 0.05;

/** Whether the number of matching phones is still about the number that a person confirmed. */
export function isStillSelection(seenCount: number, count: number): boolean {
  return Math.abs(count - seenCount) <= Math.max(MIN_TOLERATED, seenCount * TOLERATED_SHARE);
}

type PhoneJobRecord = Omit<
  PhoneJob,
  "createdByName" | "createdById" | "createdAt" | "finishedAt"
> & {
  readonly createdBy: string;
  readonly createdAt: string;
  readonly finishedAt: string | null;
};

/** A job as scripts read it. */
export function toPhoneJobRecord(job: PhoneJob): PhoneJobRecord {
  const { id, kind, state, search, reason, total, changed, skipped } = job;
  return {
    id,
    kind,
    state,
    search,
    reason,
    total,
    changed,
    skipped,
    createdBy: job.createdByName,
    createdAt: job.createdAt.toISOString(),
    finishedAt: job.finishedAt?.toISOString() ?? null,
  };
}
