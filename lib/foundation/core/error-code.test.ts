import { expect, test } from "vitest";
import { errorCode, isDiskFull, isMissing, nullIfMissing } from "#foundation/core/error-code";

function failure(code: unknown): Error {
  return Object.assign(new Error("failed"), { code });
}

test.each([
  [failure("ENOENT"), "ENOENT"],
  [failure("42P01"), "42P01"],
  [failure(7), null],
  [new Error("failed"), null],
  [{ code: "ENOENT" }, null],
  [undefined, null],
])("reads the code of %s", (error, code) => {
  expect(errorCode(error)).toBe(code);
});

test("distinguishes a missing file from a full disk", () => {
  expect(["ENOENT", "ENOSPC", "EDQUOT", "EACCES"].map(failure).map(isMissing)).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(["ENOENT", "ENOSPC", "EDQUOT", "EACCES"].map(failure).map(isDiskFull)).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

test("returns null for a missing file and rethrows every other error", () => {
  const denied = failure("EACCES");

  expect(nullIfMissing(failure("ENOENT"))).toBeNull();
  expect(() => nullIfMissing(denied)).toThrow(denied);
});
