import { expect, test } from "vitest";
import { DAY_MS } from "#foundation/core/time";
import { decideEnd, hasMoved } from "#phones/roll-outs/decide-end";
import { someCounts } from "#phones/roll-outs/testing/samples";

const START = new Date("2026-03-02T09:00:00Z");
const DAILY = 24 * 60 * 60;

function after(days: number): Date {
  return new Date(START.getTime() + days * DAY_MS);
}

test.each([
  { reason: "nothing_to_move", target: 0, counts: someCounts(), days: 0 },
  { reason: "complete", target: 10, counts: someCounts({ running: 10 }), days: 0 },
  { reason: "complete", target: 10, counts: someCounts({ running: 8, left: 2 }), days: 0 },
  { reason: "standstill", target: 10, counts: someCounts({ running: 9, silent: 1 }), days: 7 },
  { reason: null, target: 10, counts: someCounts({ running: 9, silent: 1 }), days: 6.9 },
  { reason: null, target: 3, counts: someCounts({ running: 2, joinedRunning: 3 }), days: 0 },
])(
  "is $reason with $target phones and $counts.running running, $days days after a change",
  (row) => {
    const state = { target: row.target, counts: row.counts, movedAt: START, isHalted: false };

    expect(decideEnd(state, { now: after(row.days), nextCheckSeconds: DAILY })).toBe(row.reason);
  },
);

test("a halted roll-out does not end because nothing changes", () => {
  const state = { target: 10, counts: someCounts({ running: 1 }), movedAt: START, isHalted: true };

  expect(decideEnd(state, { now: after(30), nextCheckSeconds: DAILY })).toBeNull();
});

test("phones that check every five days have time for three checks", () => {
  const state = { target: 1, counts: someCounts({ waiting: 1 }), movedAt: START, isHalted: false };
  const options = { nextCheckSeconds: 5 * DAILY };

  expect(decideEnd(state, { now: after(14), ...options })).toBeNull();
  expect(decideEnd(state, { now: after(15), ...options })).toBe("standstill");
});

test("a phone that becomes silent did not move; one that downloads did", () => {
  const before = someCounts({ waiting: 2, offered: 1 });

  expect(hasMoved(before, someCounts({ waiting: 1, silent: 1, offered: 1 }))).toBe(false);
  expect(hasMoved(before, someCounts({ waiting: 2, downloading: 1 }))).toBe(true);
});
