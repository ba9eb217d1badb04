import "server-only";
import { toCheckedKind } from "#phones/check-log/checked-kind";
import { countCheck, recordCheck } from "#phones/check-log/server/recorder";
import { shouldRecordRefusal } from "#phones/check-log/server/refusal-limit";
import type { CheckOutcome, Dialect, Side } from "#fleet/devices/model";
import type { Asker } from "#formats/protocol/find-asker";

export type RefusedCheck = {
  readonly now: Date;
  readonly side: Side;
  readonly dialect: Dialect;
  readonly address: string;
  /** Whether a readiness run sent the check. */
  readonly isProbe: boolean;
  readonly outcome: Extract<
    CheckOutcome,
    "unauthenticated" | "forbidden" | "invalid" | "throttled" | "unavailable"
  >;
  /** The reason of the refusal, as a sentence. */
  readonly refusal: string;
  /** Whether the request is the upload of a log, not a check. */
  readonly isLogUpload: boolean;
  readonly poolId: string | null;
  /** The account of valid credentials; null inside, and if the credentials are invalid. */
  readonly accountName: string | null;
  /** The unverified identity that the request states. */
  readonly asker: Asker;
};

export const MAX_REFUSAL_CHARACTERS = 300;

const NO_JUDGEMENTS = { offered: [], images: [], judgements: [] };

/**
 * Records a refused check, because checks of all outcomes are recorded. Its identity is unverified, so it is not
 * assigned to a phone. Beyond the hourly limits per sender and side, refused checks are only counted; otherwise an
 * unknown sender could fill the disk.
 */
export function refuseCheck({
  now,
  isProbe,
  isLogUpload,
  accountName,
  asker,
  refusal,
  outcome,
  poolId,
  ...check
}: RefusedCheck): void {
  if (!isProbe && !shouldRecordRefusal(check.side, check.address, now)) {
    countCheck(outcome);
    return;
  }
  const { macAddress, serialNumber, hardware, user, installed: requested } = asker;
  recordCheck({
    kind: toCheckedKind({ poolId, outcome, hardware, requested, ...NO_JUDGEMENTS }),
    at: now,
    ...check,
    refusal: refusal.slice(0, MAX_REFUSAL_CHARACTERS).toWellFormed(),
    macAddress,
    serialNumber,
    userName: accountName ?? user,
    trigger: isProbe ? "readiness" : isLogUpload ? "log_upload" : null,
  });
}
