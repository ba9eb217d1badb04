import fc from "fast-check";
import { expect, test } from "vitest";
import { DAY_MS } from "#foundation/core/time";
import { expectedFinish } from "#phones/roll-outs/expected-finish";
import type { RollOutSample } from "#phones/roll-outs/model";
import { aSample } from "#phones/roll-outs/testing/samples";

const START = new Date("2026-03-02T00:00:00Z");
const HOUR_MS = DAY_MS / 24;
const TARGET = 2400;

function at(hours: number): Date {
  return new Date(START.getTime() + hours * HOUR_MS);
}

/** One sample an hour, with the number of running phones that `running` gives for the hour. */
function hourly(hours: number, running: (hour: number) => number): readonly RollOutSample[] {
  return Array.from({ length: hours + 1 }, (_, hour) => {
    const done = Math.min(TARGET, running(hour));
    return aSample(at(hour), { running: done, waiting: TARGET - done });
  });
}

test("continues at the rate of the last hours while there is no day of history", () => {
  // Slow at first, then 100 phones an hour.
  const samples = hourly(6, (hour) => (hour <= 3 ? 10 * hour : 30 + 100 * (hour - 3)));

  expect(expectedFinish(samples, at(6))).toEqual(at(6 + (TARGET - 330) / 100));
});

test("waits for the next office hours if phones move only in office hours", () => {
  // 100 phones an hour from 8 to 16 o'clock: 800 a day.
  const byOffice = (hour: number): number => {
    const day = Math.floor(hour / 24);
    return 800 * day + 100 * Math.min(8, Math.max(0, (hour % 24) - 8));
  };
  const samples = hourly(24, byOffice);

  // At midnight 1600 are left: two office days.
  expect(expectedFinish(samples, at(24))).toEqual(at(24 + 24 + 16));
});

test("is sooner if the last hours are faster than the day before", () => {
  const steady = hourly(30, (hour) => 20 * hour);
  const faster = hourly(30, (hour) => 20 * hour + (hour > 27 ? 20 * (hour - 27) : 0));
  const finish = (samples: readonly RollOutSample[]): number =>
    expectedFinish(samples, at(30))?.getTime() ?? 0;

  expect(finish(faster)).toBeLessThan(finish(steady));
});

test.each([
  ["without a sample", [], 1],
  ["in the first minutes", hourly(0, () => 0), 0.1],
  ["if no phone has moved", hourly(2, () => 0), 2],
  ["if no phone has moved for a day", hourly(40, (hour) => Math.min(hour, 10)), 40],
  ["if no phone remains", hourly(2, () => TARGET), 2],
  [
    "if only silent phones remain",
    [aSample(at(0), { waiting: 9 }), aSample(at(1), { running: 8, silent: 1 })],
    1,
  ],
  ["if it would take more than a quarter of a year", hourly(3, (hour) => (hour === 3 ? 1 : 0)), 3],
] as const)("is unknown %s", (_, samples, hours) => {
  expect(expectedFinish(samples, at(hours))).toBeNull();
});

test("is never before now, for any samples", () => {
  const counts = fc.record({
    waiting: fc.nat(50),
    offered: fc.nat(50),
    downloaded: fc.nat(50),
    running: fc.nat(500),
    silent: fc.nat(50),
  });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 600 }), counts), { maxLength: 40 }),
      fc.nat(3000),
      (steps, minutesAfter) => {
        let minutes = 0;
        const samples = steps.map(([pause, count]) => {
          minutes += pause;
          return aSample(at(minutes / 60), count);
        });
        const now = at((minutes + minutesAfter) / 60);
        const finish = expectedFinish(samples, now);
        expect(finish === null || (Number.isFinite(finish.getTime()) && finish >= now)).toBe(true);
      },
    ),
  );
});
