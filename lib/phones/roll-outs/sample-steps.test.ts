import { expect, test } from "vitest";
import { toSampleSteps } from "#phones/roll-outs/sample-steps";
import { aSample } from "#phones/roll-outs/testing/samples";

const at = (minute: number): Date => new Date(Date.UTC(2026, 2, 2, 9, minute));

test("shows at each moment the numbers that were valid then", () => {
  const samples = [
    aSample(at(0), { running: 0 }),
    aSample(at(9), { running: 1 }),
    aSample(at(21), { running: 2 }),
  ];

  const steps = toSampleSteps(samples, { end: at(40), most: 5 });

  expect(steps.map((step) => [step.at, step.running])).toEqual([
    [at(0), 0],
    [at(10), 1],
    [at(20), 1],
    [at(30), 2],
    [at(40), 2],
  ]);
});

test("has one moment for a single minute, and none without samples", () => {
  expect(toSampleSteps([aSample(at(0), {})], { end: at(0), most: 5 })).toHaveLength(1);
  expect(toSampleSteps([], { end: at(0), most: 5 })).toEqual([]);
});

test("looks back no further than a range, and begins with what was valid then", () => {
  const samples = [aSample(at(0), { running: 0 }), aSample(at(9), { running: 1 })];

  const steps = toSampleSteps(samples, { end: at(40), lengthMs: 20 * 60 * 1000, most: 3 });

  expect(steps.map((step) => [step.at, step.running])).toEqual([
    [at(20), 1],
    [at(30), 1],
    [at(40), 1],
  ]);
});
