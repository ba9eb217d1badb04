import type { DeviceUpdate, SerialChange } from "#fleet/devices/model";
import type { Progress, UpdateFacts } from "#fleet/devices/progress";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import { fellBackAt, updateProgress } from "#fleet/devices/progress-state";
import { hasSerialConflict } from "#fleet/devices/serial-changes";

/** The current updates of a phone, with their states at the time of the limits. */
export function toUpdates(
  progress: Progress,
  lastSeenAt: Date,
  limits: ProgressLimits,
): readonly DeviceUpdate[] {
  return [...progress.values()].map((facts) => ({
    ...facts,
    state: updateProgress(facts, lastSeenAt, limits),
    fellBackAt: fellBackAt(facts, lastSeenAt, limits),
  }));
}

type UpdatedPhone = {
  readonly progress: Progress;
  readonly lastSeenAt: Date;
  readonly serialChanges: readonly SerialChange[];
};

/**
 * The same for a row of the inventory, which two phones may share. If two phones alternate, one reports the old version
 * and the other the new one, so neither fell back.
 */
export function updatesOfPhone(
  { progress, lastSeenAt, serialChanges }: UpdatedPhone,
  limits: ProgressLimits,
): readonly DeviceUpdate[] {
  if (!hasSerialConflict(serialChanges, lastSeenAt)) {
    return toUpdates(progress, lastSeenAt, limits);
  }
  const shared = new Map([...progress].map(([type, facts]) => [type, withoutFallBack(facts)]));
  return toUpdates(shared, lastSeenAt, { ...limits, installWithinMs: Infinity });
}

function withoutFallBack(facts: UpdateFacts): UpdateFacts {
  const runningAt = facts.lostAt === null ? facts.runningAt : null;
  return { ...facts, runningAt, bootedAt: null, lostAt: null };
}
