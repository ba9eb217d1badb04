import type { RollOutCounts, RollOutSiteCounts } from "#fleet/devices/roll-out-state";
import type { Hardware } from "#foundation/core/hardware";
import { toHardware } from "#foundation/core/hardware";
import type { RollOutKind } from "#firmware/rules/roll-out-kind";
import type { RollOutSample, RollOutStatus, RollOutSummary } from "#phones/roll-outs/model";
import type { StateCountsRecord } from "#phones/roll-outs/state-counts-record";
import { toStateCountsRecord } from "#phones/roll-outs/state-counts-record";

export type CountsRecord = StateCountsRecord & {
  readonly joined: number;
  readonly joinedRunning: number;
};

/** A roll-out as scripts read it; times are in RFC 3339. */
export type RollOutRecord = Hardware & {
  readonly id: string;
  readonly ruleId: string;
  readonly pool: string;
  readonly site: string | null;
  readonly updateType: string;
  readonly kind: RollOutKind;
  readonly state: RollOutStatus;
  readonly fromVersion: string | null;
  readonly toVersion: string | null;
  readonly reason: string;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly haltedAt: string | null;
  readonly previousId: string | null;
  readonly nextId: string | null;
  /** The predicted number of phones; null until they are counted. */
  readonly target: number | null;
  /** Null until its phones are counted. */
  readonly counts: CountsRecord | null;
  readonly countedAt: string | null;
  readonly expectedFinish: string | null;
};

export function toRollOutRecord(rollOut: RollOutSummary): RollOutRecord {
  const { counts } = rollOut;
  return {
    id: rollOut.id,
    ruleId: rollOut.ruleId,
    pool: rollOut.poolFqdn,
    site: rollOut.siteName,
    ...toHardware(rollOut.hardware),
    updateType: rollOut.updateType,
    kind: rollOut.kind,
    state: rollOut.status,
    fromVersion: rollOut.fromVersion,
    toVersion: rollOut.toVersion,
    reason: rollOut.reason,
    startedBy: rollOut.startedBy,
    startedAt: rollOut.startedAt.toISOString(),
    endedAt: toText(rollOut.endedAt),
    haltedAt: toText(rollOut.haltedAt),
    previousId: rollOut.previousId,
    nextId: rollOut.nextId,
    target: rollOut.target,
    counts: counts === null ? null : toCountsRecord(counts),
    countedAt: toText(counts?.at ?? null),
    expectedFinish: toText(rollOut.expectedFinish),
  };
}

export function toSampleRecord(sample: RollOutSample): CountsRecord & { readonly at: string } {
  return { at: sample.at.toISOString(), ...toCountsRecord(sample) };
}

/** The numbers of the phones at one site; null: at none. */
export function toSiteCountsRecord({
  siteName,
  ...counts
}: RollOutSiteCounts): StateCountsRecord & { readonly site: string | null } {
  return { site: siteName, ...toStateCountsRecord(counts) };
}

function toCountsRecord(counts: RollOutCounts): CountsRecord {
  const { joined, joinedRunning } = counts;
  return { ...toStateCountsRecord(counts), joined, joinedRunning };
}

function toText(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
