import type { CaptureMode, CaptureReason } from "#phones/captures/model";
import type { JudgedCheck } from "#phones/check/judge-check";

/** What became of a request. */
export type SeenOutcome = {
  readonly status: number;
  /** Null where it was no check, or was refused before it was judged. */
  readonly check: Pick<JudgedCheck, "judged"> | null;
};

/** Statuses that say that the body makes no sense. */
const UNREADABLE: ReadonlySet<number> = new Set([400, 413, 415, 422]);

/** Why a request would be of interest to somebody who wants to learn what phones send. */
export function decideReason({ status, check }: SeenOutcome): CaptureReason {
  if (check !== null) {
    return reasonOfCheck(check);
  }
  if (status >= 500) {
    return "failed";
  }
  if (UNREADABLE.has(status)) {
    return "unparseable";
  }
  return status >= 400 ? "refused" : "answered";
}

export function isWanted(mode: CaptureMode, reason: CaptureReason): boolean {
  return mode === "all" || (mode === "failing" && reason !== "answered");
}

function reasonOfCheck({ judged }: Pick<JudgedCheck, "judged">): CaptureReason {
  if (judged.length === 0) {
    return "unknown_model";
  }
  return judged.every(({ judgement }) => judgement.verdict === "other_hardware")
    ? "nothing_matched"
    : "answered";
}
