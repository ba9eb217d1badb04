import type { FaultyFile, ReadinessPlan, ReadinessPool } from "#programs/readiness/model";
import type { ContentProblem } from "#firmware/files/model";

/** For tests: changes every pool of a plan. */
export function withPool(change: Partial<ReadinessPool>): (valid: ReadinessPlan) => ReadinessPlan {
  return (valid) => ({ ...valid, pools: valid.pools.map((pool) => ({ ...pool, ...change })) });
}

export function aFaultyFile(problem: ContentProblem): FaultyFile {
  return { name: "POLYCOM CX600 4.0.7577.4387 CPE.nbt", version: "4.0.7577.4387", problem };
}

/** Pools with content that phones cannot download: finding, description and set-up. */
export const FAULTY_CONTENT = [
  ["content_damaged", "a stored image has another digest", withFaultyFile("damaged")],
  ["content_missing", "a stored image is gone", withFaultyFile("missing")],
  ["content_unreadable", "a stored image cannot be read", withFaultyFile("unreadable")],
] as const;

function withFaultyFile(problem: ContentProblem) {
  return { plan: withPool({ faultyFiles: [aFaultyFile(problem)] }) };
}
