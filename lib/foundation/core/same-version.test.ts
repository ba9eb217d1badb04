import { expect, test } from "vitest";
import { isSameVersion } from "#foundation/core/same-version";

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
