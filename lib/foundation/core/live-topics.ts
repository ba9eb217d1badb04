/**
 * What open pages can follow. `statistics`: the fleet was counted. `checks`: checks were recorded. `rules`: rules, test
 * devices or pools. `imports`: an import changed its state. `captures`: requests were captured. `rollOuts`: numbers of a
 * roll-out.
 */
export const LIVE_TOPICS = [
  "statistics",
  "checks",
  "rules",
  "imports",
  "captures",
  "rollOuts",
] as const;
export type LiveTopic = (typeof LIVE_TOPICS)[number];
