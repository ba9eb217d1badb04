import { expect, test } from "vitest";
import { DAMAGED, KINDS, POOLS } from "./plan.ts";
import type { PlannedPhone } from "./plan-fleet.ts";
import { TEST_PHONES, planFleet } from "./plan-fleet.ts";
import { planSteps } from "./schedule.ts";

const PHONES = 20_000;
const fleet = planFleet(PHONES);

function shareOf(isMeant: (phone: PlannedPhone) => boolean): number {
  return fleet.filter(isMeant).length / PHONES;
}

test("the same number of phones gives the same fleet, and more phones keep the first ones", () => {
  expect(planFleet(300)).toEqual(fleet.slice(0, 300));
});

test("every kind is at every site, in its share", () => {
  const kinds = new Set(fleet.map(({ pool, kind }) => `${pool.siteName} ${kind.hardware.model}`));
  expect(kinds.size).toBe(POOLS.length * KINDS.length);
  for (const { siteName, share } of POOLS) {
    expect(shareOf(({ pool }) => pool.siteName === siteName)).toBeCloseTo(share / 100, 1);
  }
});

test("no two phones have one MAC address, and two pairs share a serial number", () => {
  expect(new Set(fleet.map(({ macAddress }) => macAddress)).size).toBe(PHONES);
  expect(new Set(fleet.map(({ serialNumber }) => serialNumber)).size).toBe(PHONES - 2);
  expect(fleet.filter(({ twinSerialNumber }) => twinSerialNumber !== null)).toHaveLength(3);
  expect(fleet.filter(({ isTestPhone }) => isTestPhone)).toHaveLength(TEST_PHONES);
});

test("few phones fail, except those of the damaged kind, which are enough for the brake", () => {
  const failing = ({ fate }: PlannedPhone): boolean => fate === "falls_back" || fate === "vanishes";
  const isDamaged = ({ pool, kind }: PlannedPhone): boolean =>
    pool.siteName === DAMAGED.site && kind.hardware.model === DAMAGED.model;
  const damaged = fleet.filter(isDamaged);
  expect(damaged.filter(failing).length / damaged.length).toBeCloseTo(0.14, 2);
  const others = Map.groupBy(
    fleet.filter((phone) => !isDamaged(phone)),
    ({ pool, kind }) => `${pool.siteName} ${kind.hardware.model}`,
  );
  for (const phones of others.values()) {
    const failed = phones.filter(failing).length;
    expect(failed < 5 || failed / phones.length < 0.05).toBe(true);
  }
});

test("the steps go back in time order, with every decision in one of them", () => {
  const steps = planSteps();
  const days = steps.map(({ daysAgo }) => daysAgo);
  expect(days).toEqual(days.toSorted((a, b) => b - a));
  expect(days.at(-1)).toBe(0);
  expect(steps.flatMap(({ decisions }) => decisions).map(({ kind }) => kind)).toEqual([
    "import",
    "add_test_phones",
    "approve",
    "import",
    "retire",
    "approve",
    "reset",
    "approve",
    "restore",
    "import",
    "approve",
  ]);
});
