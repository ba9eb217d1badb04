import "server-only";
import { recordCheck } from "#lib/check/server/recorder";
import type { CheckOutcome, Dialect, Side } from "#lib/devices/model";

export type RefusedCheck = {
  readonly now: Date;
  readonly side: Side;
  readonly dialect: Dialect;
  readonly address: string;
  readonly outcome: Extract<CheckOutcome, "unauthenticated" | "forbidden" | "invalid">;
};

const UNREAD_HARDWARE = { deviceType: "", brand: "", model: "", revision: "", locale: "" } as const;

/** Keeps a check that was refused before it was read: every check is on record, in every outcome. */
export function refuseCheck({ now, side, dialect, address, outcome }: RefusedCheck): void {
  recordCheck({
    at: now,
    poolId: null,
    side,
    dialect,
    outcome,
    address,
    macAddress: null,
    serialNumber: null,
    hardware: UNREAD_HARDWARE,
    userName: null,
    trigger: null,
    requested: [],
    offered: [],
    images: [],
    judgements: [],
  });
}
