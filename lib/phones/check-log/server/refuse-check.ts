import "server-only";
import { countCheck, recordCheck } from "#phones/check-log/server/recorder";
import { keepsRefusal } from "#phones/check-log/server/refusal-limit";
import type { CheckOutcome, Dialect, Side } from "#fleet/devices/model";
import type { Asker } from "#formats/protocol/find-asker";

export type RefusedCheck = {
  readonly now: Date;
  readonly side: Side;
  readonly dialect: Dialect;
  readonly address: string;
  /** Whether a readiness run made it. */
  readonly isProbe: boolean;
  readonly outcome: Extract<
    CheckOutcome,
    "unauthenticated" | "forbidden" | "invalid" | "throttled" | "unavailable"
  >;
  /** What it was refused with, in a sentence. */
  readonly refusal: string;
  /** Whether it is the upload of a log and no check. */
  readonly isLogUpload: boolean;
  readonly poolId: string | null;
  /** Whose credentials were brought and are valid; null inside, and where they are not. */
  readonly accountName: string | null;
  /** Who it says that it is. */
  readonly asker: Asker;
};

export const MAX_REFUSAL_CHARACTERS = 300;

/**
 * Keeps a check that was refused: every check is on record, in every outcome. What it says of itself is kept as it says
 * it, and is put down to no phone. Beyond what one sender and one side may have in an hour, refused checks are only
 * counted, because a stranger could otherwise fill the disk.
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
  if (!isProbe && !keepsRefusal(check.side, check.address, now)) {
    countCheck(outcome);
    return;
  }
  const { macAddress, serialNumber, hardware, user, installed: requested } = asker;
  recordCheck({
    kind: { poolId, outcome, hardware, requested, offered: [], images: [], judgements: [] },
    at: now,
    ...check,
    refusal: refusal.slice(0, MAX_REFUSAL_CHARACTERS).toWellFormed(),
    macAddress,
    serialNumber,
    userName: accountName ?? user,
    trigger: isProbe ? "readiness" : isLogUpload ? "log_upload" : null,
  });
}
