import type { DeviceUpdate } from "#lib/devices/model";
import type { Progress, ProgressLimits } from "#lib/devices/progress";
import { fellBackAt, updateProgress } from "#lib/devices/progress";

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
