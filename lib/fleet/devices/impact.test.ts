import { expect, test } from "vitest";
import type { OfferedVersions, PhoneGroup } from "#fleet/devices/impact";
import { computeImpact } from "#fleet/devices/impact";

const NORMAL: PhoneGroup = { isTestDevice: false, version: "1.0", phones: 10 };
const TEST: PhoneGroup = { isTestDevice: true, version: "1.0", phones: 2 };

function versions(approvedVersion: string | null, pendingVersion: string | null): OfferedVersions {
  return { approvedVersion, pendingVersion };
}

test("approving moves the phones that are not test devices; test devices already had the offer", () => {
  const change = { before: versions("1.0", "2.0"), after: versions("2.0", null) };
  expect(computeImpact(change, [NORMAL, TEST])).toEqual({ changing: 10, downgrading: 0 });
});

test("does not count phones that already run the version", () => {
  const change = { before: versions("1.0", "2.0"), after: versions("2.0", null) };
  expect(computeImpact(change, [{ ...NORMAL, version: "2.0" }]).changing).toBe(0);
});

test("rejecting moves test devices back and counts them as downgrades", () => {
  const change = { before: versions("1.0", "2.0"), after: versions("1.0", null) };
  const groups = [NORMAL, { ...TEST, version: "2.0" }];
  expect(computeImpact(change, groups)).toEqual({ changing: 2, downgrading: 2 });
});

test("withdrawing an update moves no phones: they keep their version", () => {
  const change = { before: versions("1.0", null), after: versions(null, null) };
  expect(computeImpact(change, [NORMAL])).toEqual({ changing: 0, downgrading: 0 });
});

test("does not count phones that were already offered the same version", () => {
  const change = { before: versions("2.0", "3.0"), after: versions("2.0", null) };
  expect(computeImpact(change, [NORMAL]).changing).toBe(0);
});

test("counts a phone that never reported this kind of image as moved, but not as a downgrade", () => {
  const change = { before: versions(null, "2.0"), after: versions("2.0", null) };
  expect(computeImpact(change, [{ ...NORMAL, version: null }])).toEqual({
    changing: 10,
    downgrading: 0,
  });
});
