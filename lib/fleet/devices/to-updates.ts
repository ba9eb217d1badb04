import type { DeviceUpdate, SerialChange } from "#fleet/devices/model";
import type { Progress, ProgressLimits, UpdateFacts } from "#fleet/devices/progress";
import { fellBackAt, updateProgress } from "#fleet/devices/progress";
import { hasSerialConflict } from "#fleet/devices/serial-changes";

/** What a phone has in hand, judged at a moment. */
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
 * The same for a row of the inventory, which two phones may share. Of two phones that take turns, one reports the old
 * version and the other the new one: neither fell back.
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
