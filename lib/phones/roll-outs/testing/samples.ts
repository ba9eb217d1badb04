import type { RollOutCounts } from "#fleet/devices/roll-out-state";
import type { RollOutSample } from "#phones/roll-outs/model";

const NONE: RollOutCounts = {
  waiting: 0,
  silent: 0,
  offered: 0,
  downloading: 0,
  downloaded: 0,
  running: 0,
  fell_back: 0,
  never_came_back: 0,
  other_version: 0,
  left: 0,
  joined: 0,
  joinedRunning: 0,
};

export function someCounts(counts: Partial<RollOutCounts> = {}): RollOutCounts {
  return { ...NONE, ...counts };
}

export function aSample(at: Date, counts: Partial<RollOutCounts>): RollOutSample {
  return { at, ...someCounts(counts) };
}
