import { expect, test } from "vitest";
import { isInForce } from "#foundation/core/is-in-force";

test("a token counts until the moment it ends", () => {
  const expiresAt = new Date(1000);
  expect(isInForce({ expiresAt }, new Date(999))).toBe(true);
  expect(isInForce({ expiresAt }, new Date(1000))).toBe(false);
  expect(isInForce({ expiresAt: null }, new Date(1000))).toBe(true);
});
