import { expect, test } from "vitest";
import {
  SERVE_ALL_BELOW_CONNECTIONS,
  SERVE_NONE_ABOVE_CONNECTIONS,
  RETRY_WITHIN_SECONDS,
  SERVE_ALL_BELOW_MS,
  SERVE_NONE_ABOVE_MS,
  decideLoad,
  isAtEase,
  nextLag,
} from "#phones/device-api/shed-load";

const MIDDLE_MS = (SERVE_ALL_BELOW_MS + SERVE_NONE_ABOVE_MS) / 2;

test.each([
  ["an idle process serves", aCheckAt(0), "serve"],
  ["one as late as it may be serves", aCheckAt(SERVE_ALL_BELOW_MS), "serve"],
  ["one half way serves whom chance keeps", aCheckAt(MIDDLE_MS, 0.5), "serve"],
  ["one half way sheds whom it does not", aCheckAt(MIDDLE_MS, 0.49), "shed"],
  ["one that is far behind sheds all", aCheckAt(SERVE_NONE_ABOVE_MS, 0.999), "shed"],
  [
    "one with half of its connections too many serves whom chance keeps",
    aCheckAmong(5_500, 0.5),
    "serve",
  ],
  [
    "one with half of its connections too many sheds whom it does not",
    aCheckAmong(5_500, 0.49),
    "shed",
  ],
  [
    "one with far too many connections sheds all",
    aCheckAmong(SERVE_NONE_ABOVE_CONNECTIONS, 0.999),
    "shed",
  ],
] as const)("%s", (_, { load, chance }, outcome) => {
  expect(decideLoad(load, chance).outcome).toBe(outcome);
});

test("at ease, a request is served whatever chance says, and so need not be decided about", () => {
  const load = { lagMs: SERVE_ALL_BELOW_MS, connections: SERVE_ALL_BELOW_CONNECTIONS };

  expect(isAtEase(load)).toBe(true);
  for (const chance of [0, 0.5, 0.999]) {
    expect(decideLoad(load, chance).outcome).toBe("serve");
  }
  expect(isAtEase({ ...load, lagMs: SERVE_ALL_BELOW_MS + 1 })).toBe(false);
  expect(isAtEase({ ...load, connections: load.connections + 1 })).toBe(false);
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
])("where %s are sent away they come back spread over the whole time", (_, lagMs) => {
  const overloaded = { lagMs, connections: 0 };
  const seconds = Array.from({ length: 1_000 }, (__, index) => index / 1_000).flatMap((chance) => {
    const decision = decideLoad(overloaded, chance);
    return decision.outcome === "shed" ? [decision.retryAfterSeconds] : [];
  });

  expect(Math.min(...seconds)).toBe(RETRY_WITHIN_SECONDS.least);
  expect(Math.max(...seconds)).toBe(RETRY_WITHIN_SECONDS.most);
  expect(new Set(seconds).size).toBe(RETRY_WITHIN_SECONDS.most - RETRY_WITHIN_SECONDS.least + 1);
});

test("one pause alone sends nobody away, however long, and lasting ones do", () => {
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
