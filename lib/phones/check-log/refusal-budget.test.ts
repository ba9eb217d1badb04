import { expect, test } from "vitest";
import { refusalBudget } from "#phones/check-log/refusal-budget";

const HOUR_MS = 3_600_000;

function takeMany(
  budget: ReturnType<typeof refusalBudget>,
  network: string,
  { times, nowMs = 0 }: { readonly times: number; readonly nowMs?: number },
): number {
  return Array.from({ length: times }, () => budget.take(network, nowMs)).filter(Boolean).length;
}

test("keeps a limited number per network and hour, and counts the others", () => {
  const budget = refusalBudget({ perHour: 100, perNetworkPerHour: 3, maxNetworks: 10 });

  expect(takeMany(budget, "192.0.2.1", { times: 5 })).toBe(3);
  expect(takeMany(budget, "192.0.2.2", { times: 2 })).toBe(2);

  expect(budget.takeLeftOut()).toEqual([{ network: "192.0.2.1", count: 2 }]);
  expect(budget.takeLeftOut()).toEqual([]);
});

test("keeps no more than the total for all networks", () => {
  const budget = refusalBudget({ perHour: 5, perNetworkPerHour: 3, maxNetworks: 10 });
  const kept = Array.from({ length: 20 }, (_, index) => budget.take(`10.0.0.${index}`, 0));

  expect(kept.filter(Boolean)).toHaveLength(5);
});

test("resets every hour", () => {
  const budget = refusalBudget({ perHour: 100, perNetworkPerHour: 1, maxNetworks: 10 });
  takeMany(budget, "192.0.2.1", { times: 2 });

  expect(takeMany(budget, "192.0.2.1", { times: 2, nowMs: HOUR_MS })).toBe(1);
});

test("stores a limited number of networks; the others share one limit and one count", () => {
  const budget = refusalBudget({ perHour: 1_000, perNetworkPerHour: 2, maxNetworks: 3 });
  for (let index = 0; index < 1_000; index += 1) {
    takeMany(budget, `10.0.${Math.floor(index / 256)}.${index % 256}`, { times: 5 });
  }

  const leftOut = budget.takeLeftOut();
  expect(leftOut).toHaveLength(4);
  expect(leftOut.reduce((sum, { count }) => sum + count, 0)).toBe(5_000 - 3 * 2 - 2);
});

test("counts what other processes recorded in the same hour", () => {
  const budget = refusalBudget({ perHour: 5, perNetworkPerHour: 5, maxNetworks: 10 });
  takeMany(budget, "192.0.2.1", { times: 2 });
  expect(budget.takeRecorded()).toEqual({ hour: 0, count: 2 });
  expect(budget.takeRecorded()).toEqual({ hour: 0, count: 0 });

  budget.learn({ hour: 0, count: 4 });

  expect(takeMany(budget, "192.0.2.1", { times: 5 })).toBe(1);
  budget.learn({ hour: 0, count: 5 });
  expect(takeMany(budget, "192.0.2.1", { times: 5, nowMs: HOUR_MS })).toBe(5);
  budget.learn({ hour: 0, count: 5 });
  expect(budget.takeRecorded()).toEqual({ hour: 1, count: 5 });
});
