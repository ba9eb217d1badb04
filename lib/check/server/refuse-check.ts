import "server-only";
import { countCheck, recordCheck } from "#lib/check/server/recorder";
import { keepsRefusal } from "#lib/check/server/refusal-limit";
import type { CheckOutcome, Dialect, Side } from "#lib/devices/model";

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
};

const UNREAD_HARDWARE = { deviceType: "", brand: "", model: "", revision: "", locale: "" } as const;

/**
 * Keeps a check that was refused before it was read: every check is on record, in every outcome. Beyond what one sender and
 * one side may have in an hour, refused checks are counted: a stranger could otherwise fill the disk.
 */
export function refuseCheck({ now, isProbe, ...check }: RefusedCheck): void {
  if (!isProbe && !keepsRefusal(check.side, check.address, now)) {
    countCheck(check.outcome);
    return;
  }
  recordCheck({
    at: now,
    poolId: null,
    ...check,
    macAddress: null,
    serialNumber: null,
    hardware: UNREAD_HARDWARE,
    userName: null,
    trigger: isProbe ? "readiness" : null,
    requested: [],
    offered: [],
    images: [],
    judgements: [],
  });
}
