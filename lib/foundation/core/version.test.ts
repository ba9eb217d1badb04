import fc from "fast-check";
import { expect, test } from "vitest";
import {
  isSameVersion,
  compareVersions,
  isDowngrade,
  versionSortKey,
} from "#foundation/core/version";

const SAME = [{ packageVersion: "5.4.0.10182", reportedVersion: "5.4.0.10182 rts 7" }];

test.each([
  ["5.4.0.10182", " 5.4.0.10182 "],
  ["5.4.0.10182 rts 7", "5.4.0.10182  RTS\t7"],
  ["V2.0B", "v2.0b"],
])("treats %j and %j as the same without a declaration", (left, right) => {
  expect(isSameVersion(left, right)).toBe(true);
});

test.each([
  ["5.4.0.10182", "5.4.0.10182 rts 7"],
  ["5.4.0.10182", "05.04.0.10182"],
  ["5.4.0.10182", "v5.4.0.10182"],
  ["5.4", "5.4.0"],
  ["5.4.0.10182", "5.4.0.10182-signed"],
  ["5.4.0.1 0182", "5.4.0.10182"],
])("treats %j and %j as different until an administrator declares them the same", (left, right) => {
  expect(isSameVersion(left, right)).toBe(false);
  const declared = [{ packageVersion: left, reportedVersion: right }];
  expect(isSameVersion(left, right, declared)).toBe(true);
  expect(isSameVersion(right, left, declared)).toBe(true);
});

test("applies a declaration to its two versions only", () => {
  expect(isSameVersion("5.4.0.10182", "5.4.0.10182 RTS  7", SAME)).toBe(true);
  expect(isSameVersion("5.4.0.10183", "5.4.0.10182 rts 7", SAME)).toBe(false);
  expect(isSameVersion("5.4.0.10182", "5.4.0.10181", SAME)).toBe(false);
});

test.each([
  ["4.0.7577.4366", "4.0.7577.4387", "older"],
  ["4.0.7577.4387", "4.0.7577.436", "newer"],
  ["4.0.7577.4387", "4.0.7577.4387", "same"],
  ["4.0", "4.0.0.0", "same"],
  ["4.0.0.a", "4.0.0.b", "older"],
  ["10.0", "9.9", "newer"],
] as const)("compares %s to %s: %s", (left, right, order) => {
  expect(compareVersions(left, right)).toBe(order);
});

test("orders any two numeric versions consistently in both directions", () => {
  const version = fc
    .array(fc.nat(), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.join("."));
  const opposite = { older: "newer", same: "same", newer: "older" } as const;
  fc.assert(
    fc.property(version, version, (left, right) => {
      expect(compareVersions(left, right)).toBe(opposite[compareVersions(right, left)]);
    }),
  );
});

test("is not a downgrade if a version is absent", () => {
  expect(isDowngrade(null, "1.0")).toBe(false);
  expect(isDowngrade("1.0", null)).toBe(false);
  expect(isDowngrade("1.0.0.2", "1.0.0.1")).toBe(true);
});

test("sorts four-part versions by their sort keys as by comparison", () => {
  const version = fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()).map((parts) => parts.join("."));
  fc.assert(
    fc.property(version, version, (left, right) => {
      const isOlder = versionSortKey(left) < versionSortKey(right);
      expect(isOlder).toBe(compareVersions(left, right) === "older");
    }),
  );
});
