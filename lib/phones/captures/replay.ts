import type { CheckOutcome, JudgementRecord } from "#fleet/devices/model";
import type { CheckRequest } from "#formats/protocol/check-request";

/** What a captured request would get if it came now, once let in. */
export type Replay =
  | {
      readonly kind: "check";
      readonly request: CheckRequest;
      readonly outcome: CheckOutcome;
      readonly poolFqdn: string | null;
      readonly isTestDevice: boolean;
      readonly judgements: readonly JudgementRecord[];
      readonly answer: ReplayedAnswer;
    }
  /** It was a check, and would be refused. */
  | { readonly kind: "refused"; readonly reason: string; readonly answer: ReplayedAnswer }
  /** It asked for a file. */
  | { readonly kind: "file"; readonly isOffered: boolean }
  /** It was something else. */
  | { readonly kind: "other" };

/** Exactly what would be sent. */
export type ReplayedAnswer = {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
};
