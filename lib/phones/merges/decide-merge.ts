import { hardwareKey } from "#foundation/core/hardware";
import type { Hardware } from "#foundation/core/hardware";

/** What decides whether two rows of the inventory are one phone, and which row stays. */
export type MergeCandidate = {
  readonly id: string;
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  readonly hardware: Hardware;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
};

/**
 * Why two rows cannot be merged. `same_row`: they are one row. `other_brand`, `other_model`: one phone does not change
 * these. `both_check`: two MAC addresses check at the same time, so they are two phones.
 */
export const MERGE_OBSTACLES = ["same_row", "other_brand", "other_model", "both_check"] as const;
export type MergeObstacle = (typeof MERGE_OBSTACLES)[number];

export type MergeDecision = {
  /** The row that stays. */
  readonly keptId: string;
  /** The row whose checks, logs and marks go over; it is deleted. */
  readonly mergedId: string;
  /** Null: they can be merged. */
  readonly obstacle: MergeObstacle | null;
};

/**
 * Decides which of two rows stays: the one with a MAC address, because later checks with that address belong to it;
 * otherwise the one that checked last, because a repaired phone checks with its new address.
 */
export function decideMerge(one: MergeCandidate, other: MergeCandidate): MergeDecision {
  const [kept, merged] = isBetter(other, one) ? [other, one] : [one, other];
  return { keptId: kept.id, mergedId: merged.id, obstacle: findObstacle(kept, merged) };
}

function isBetter(one: MergeCandidate, other: MergeCandidate): boolean {
  if ((one.macAddress === null) !== (other.macAddress === null)) {
    return one.macAddress !== null;
  }
  return one.lastSeenAt > other.lastSeenAt;
}

function findObstacle(kept: MergeCandidate, merged: MergeCandidate): MergeObstacle | null {
  if (kept.id === merged.id) {
    return "same_row";
  }
  if (!isSameText(kept.hardware.brand, merged.hardware.brand)) {
    return "other_brand";
  }
  if (!isSameText(modelOf(kept), modelOf(merged))) {
    return "other_model";
  }
  return bothCheck(kept, merged) ? "both_check" : null;
}

function modelOf({ hardware }: MergeCandidate): string {
  // A change of the revision or the locale is possible: a repair, or another firmware.
  return hardwareKey({ ...hardware, revision: "", locale: "" });
}

function isSameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Whether the times in which two MAC addresses checked overlap. */
function bothCheck(one: MergeCandidate, other: MergeCandidate): boolean {
  return (
    one.macAddress !== null &&
    other.macAddress !== null &&
    one.firstSeenAt < other.lastSeenAt &&
    other.firstSeenAt < one.lastSeenAt
  );
}
