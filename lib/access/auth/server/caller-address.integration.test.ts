import { expect, test } from "vitest";
import { callerAddress, SOCKET_ADDRESS_HEADER } from "#access/auth/server/caller-address";
import { testEnvironment } from "#foundation/platform/testing/environment";

testEnvironment({ TRUSTED_PROXIES: "10.0.0.1" });

test.each([
  ["::ffff:10.0.0.7", null, "10.0.0.7"],
  ["::1", null, "::1"],
  ["10.0.0.1", "192.0.2.5", "192.0.2.5"],
  ["::ffff:10.0.0.1", "198.51.100.9, 192.0.2.5", "192.0.2.5"],
  ["10.0.0.1", null, "10.0.0.1"],
  ["10.0.0.7", "192.0.2.5", "10.0.0.7"],
])("the caller at the socket %s with X-Forwarded-For %s is %s", (socket, forwarded, expected) => {
  const headers = new Headers({ [SOCKET_ADDRESS_HEADER]: socket });
  if (forwarded !== null) {
    headers.set("x-forwarded-for", forwarded);
  }

  expect(callerAddress(headers)).toBe(expected);
});

test("has no address if another server runs the app", () => {
  expect(callerAddress(new Headers({ "x-forwarded-for": "192.0.2.5" }))).toBe("unknown");
});
