import type { CaptureMode, CaptureReason } from "#phones/captures/model";
import type { JudgedCheck } from "#phones/check/judge-check";

/** The outcome of a request. */
export type SeenOutcome = {
  readonly status: number;
  /** Null if it was not a check, or if it was refused before it was judged. */
  readonly check: Pick<JudgedCheck, "judged"> | null;
};

/** Statuses of requests with an invalid body. */
const UNREADABLE: ReadonlySet<number> = new Set([400, 413, 415, 422]);

/** The reason why a request is worth capturing. */
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
