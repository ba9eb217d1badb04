import { expect, test } from "vitest";
import {
  SERVE_ALL_BELOW_CONNECTIONS,
  SERVE_NONE_ABOVE_CONNECTIONS,
  RETRY_WITHIN_SECONDS,
  SERVE_ALL_BELOW_MS,
  SERVE_NONE_ABOVE_MS,
  decideLoad,
  isBelowLimits,
  nextLag,
} from "#phones/device-api/shed-load";

const MIDDLE_MS = (SERVE_ALL_BELOW_MS + SERVE_NONE_ABOVE_MS) / 2;

test.each([
  ["serves in an idle process", aCheckAt(0), "serve"],
  ["serves at the largest lag that is allowed", aCheckAt(SERVE_ALL_BELOW_MS), "serve"],
  ["serves at half of the range above the share", aCheckAt(MIDDLE_MS, 0.5), "serve"],
  ["sheds at half of the range below the share", aCheckAt(MIDDLE_MS, 0.49), "shed"],
  ["sheds every request at the largest lag", aCheckAt(SERVE_NONE_ABOVE_MS, 0.999), "shed"],
  ["serves at half of the range of connections above the share", aCheckAmong(5_500, 0.5), "serve"],
  ["sheds at half of the range of connections below the share", aCheckAmong(5_500, 0.49), "shed"],
  [
    "sheds every request with the maximum of connections",
    aCheckAmong(SERVE_NONE_ABOVE_CONNECTIONS, 0.999),
    "shed",
  ],
] as const)("%s", (_, { load, chance }, outcome) => {
  expect(decideLoad(load, chance).outcome).toBe(outcome);
});

test("serves every request up to the limits, for every random number", () => {
  const load = { lagMs: SERVE_ALL_BELOW_MS, connections: SERVE_ALL_BELOW_CONNECTIONS };

  expect(isBelowLimits(load)).toBe(true);
  for (const chance of [0, 0.5, 0.999]) {
    expect(decideLoad(load, chance).outcome).toBe("serve");
  }
  expect(isBelowLimits({ ...load, lagMs: SERVE_ALL_BELOW_MS + 1 })).toBe(false);
  expect(isBelowLimits({ ...load, connections: load.connections + 1 })).toBe(false);
});

function aCheckAt(lagMs: number, chance = 0) {
  return { load: { lagMs, connections: 0 }, chance } as const;
}

function aCheckAmong(connections: number, chance: number) {
  return { load: { lagMs: 0, connections }, chance } as const;
}

test.each([
  ["all", 10 * SERVE_NONE_ABOVE_MS],
  ["some", MIDDLE_MS],
])("spreads the retry delays over the whole range if %s requests are shed", (_, lagMs) => {
  const overloaded = { lagMs, connections: 0 };
  const seconds = Array.from({ length: 1_000 }, (__, index) => index / 1_000).flatMap((chance) => {
    const decision = decideLoad(overloaded, chance);
    return decision.outcome === "shed" ? [decision.retryAfterSeconds] : [];
  });

  expect(Math.min(...seconds)).toBe(RETRY_WITHIN_SECONDS.least);
  expect(Math.max(...seconds)).toBe(RETRY_WITHIN_SECONDS.most);
  expect(new Set(seconds).size).toBe(RETRY_WITHIN_SECONDS.most - RETRY_WITHIN_SECONDS.least + 1);
});

test("sheds no requests after a single pause of any length, but under lasting lag", () => {
  const hold = (...measured: readonly number[]): number => {
    let lagMs = 0;
    for (const [index, measuredMs] of measured.entries()) {
      lagMs = nextLag(lagMs, { measuredMs, beforeMs: measured[index - 1] ?? 0 });
    }
    return lagMs;
  };

  expect(hold(0, 60_000, 0)).toBe(0);
  expect(hold(500, 500, 500)).toBeGreaterThan(SERVE_ALL_BELOW_MS);
  expect(hold(500, 500, 500, 0, 0)).toBeLessThan(SERVE_ALL_BELOW_MS);
});
