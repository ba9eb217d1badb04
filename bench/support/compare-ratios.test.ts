import { expect, test } from "vitest";
import { compareRatios, passes, ratiosSchema } from "./compare-ratios.ts";
import type { Ratios } from "./compare-ratios.ts";

const recorded: Ratios = {
  cost: { value: 2, better: "lower", noise: 0.25 },
  rate: { value: 0.4, better: "higher", noise: 0.5 },
};

function aRun(cost: number, rate: number): Ratios {
  return {
    cost: { value: cost, better: "lower", noise: 9 },
    rate: { value: rate, better: "higher", noise: 9 },
  };
}

test.each([
  { cost: 2, rate: 0.4, verdicts: ["within_noise", "within_noise"] },
  { cost: 2.49, rate: 0.27, verdicts: ["within_noise", "within_noise"] },
  { cost: 2.51, rate: 0.4, verdicts: ["worse", "within_noise"] },
  { cost: 2, rate: 0.26, verdicts: ["within_noise", "worse"] },
  { cost: 1.5, rate: 0.7, verdicts: ["better", "better"] },
])("judges a cost of $cost and a rate of $rate as $verdicts", ({ cost, rate, verdicts }) => {
  const comparisons = compareRatios(recorded, aRun(cost, rate));

  expect(comparisons.map(({ verdict }) => verdict)).toEqual(verdicts);
});

test("passes as long as nothing is worse", () => {
  expect(passes(compareRatios(recorded, aRun(1, 1)))).toBe(true);
  expect(passes(compareRatios(recorded, aRun(2.6, 1)))).toBe(false);
});

test("fails if a recorded figure is missing from the run", () => {
  const withoutCost: Ratios = { rate: { value: 1, better: "higher", noise: 0 } };

  expect(passes(compareRatios(recorded, withoutCost))).toBe(false);
});

test("lets a new figure pass, which has nothing to be compared with", () => {
  const comparisons = compareRatios({}, aRun(1, 1));

  expect(comparisons.map(({ verdict }) => verdict)).toEqual(["not_recorded", "not_recorded"]);
  expect(passes(comparisons)).toBe(true);
});

test("rejects a recorded file whose figures cannot be compared", () => {
  expect(ratiosSchema.safeParse({ cost: { value: 0, better: "lower", noise: 0.1 } }).success).toBe(
    false,
  );
});
