import type { RollOutState, RollOutStateCounts } from "#fleet/devices/roll-out-state";

const TROUBLE_STATES = [
  "fell_back",
  "never_came_back",
  "other_version",
] as const satisfies readonly RollOutState[];

/** The phones of a roll-out that an administrator should look at. */
export function countTrouble(counts: RollOutStateCounts): number {
  return TROUBLE_STATES.reduce((sum, state) => sum + counts[state], 0);
}
