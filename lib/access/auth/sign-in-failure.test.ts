import { expect, test } from "vitest";
import { formatSignInFailure, parseSignInFailure } from "#access/auth/sign-in-failure";

test.each([
  { kind: "wrong_credentials" },
  { kind: "throttled", retryAfterSeconds: 17 },
  { kind: "unavailable" },
  { kind: "defect" },
] as const)("parses %j back unchanged", (failure) => {
  expect(parseSignInFailure(formatSignInFailure(failure))).toEqual(failure);
});

test.each([
  "",
  "Configuration",
  "throttled:",
  "throttled:-1",
  "throttled:99999999999",
  "ECONNREFUSED",
])("reads the unknown text %j as a defect", (text) => {
  expect(parseSignInFailure(text)).toEqual({ kind: "defect" });
});
