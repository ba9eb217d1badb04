import { expect, test } from "vitest";
import { formatSignInFailure, parseSignInFailure } from "#access/auth/sign-in-failure";

test.each([
  { kind: "wrong_credentials" },
  { kind: "throttled", retryAfterSeconds: 17 },
  { kind: "unavailable" },
  { kind: "defect" },
] as const)("%j arrives at the sign-in page as it was sent", (failure) => {
  expect(parseSignInFailure(formatSignInFailure(failure))).toEqual(failure);
});

test.each([
  "",
  "Configuration",
  "throttled:",
  "throttled:-1",
  "throttled:99999999999",
  "ECONNREFUSED",
])("%j, which we never send, is a defect and is not shown", (text) => {
  expect(parseSignInFailure(text)).toEqual({ kind: "defect" });
});
