import { expect, test } from "vitest";
import { isInForce } from "#foundation/core/is-in-force";

test("is true until a token expires", () => {
  const expiresAt = new Date(1000);
  expect(isInForce({ expiresAt }, new Date(999))).toBe(true);
  expect(isInForce({ expiresAt }, new Date(1000))).toBe(false);
  expect(isInForce({ expiresAt: null }, new Date(1000))).toBe(true);
});
