import type { CheckOutcome, JudgementRecord } from "#fleet/devices/model";
import type { CheckRequest } from "#formats/protocol/check-request";

/** The answer that a captured request would get now, if it were admitted. */
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
  /** A check that would be refused. */
  | { readonly kind: "refused"; readonly reason: string; readonly answer: ReplayedAnswer }
  /** A request for a file. */
  | { readonly kind: "file"; readonly isOffered: boolean }
  /** Any other request. */
  | { readonly kind: "other" };

/** The exact answer that would be sent. */
export type ReplayedAnswer = {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
};
