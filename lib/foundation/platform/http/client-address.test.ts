import fc from "fast-check";
import { expect, test } from "vitest";
import { clientAddress } from "#foundation/platform/http/client-address";
import { toRangeTest } from "#foundation/platform/ip-ranges";

const isProxy = toRangeTest(["192.0.2.0/24"]);

test.each([
  ["the peer where no proxy is trusted", "203.0.113.9", "10.0.0.1", "203.0.113.9"],
  ["the peer where nothing is forwarded", "192.0.2.1", null, "192.0.2.1"],
  ["what the proxy forwards", "192.0.2.1", "203.0.113.9", "203.0.113.9"],
  [
    "what the nearest proxy saw, not what the client claims",
    "192.0.2.1",
    "10.0.0.1, 203.0.113.9",
    "203.0.113.9",
  ],
  ["what the outer of two proxies saw", "192.0.2.1", "203.0.113.9, 192.0.2.7", "203.0.113.9"],
  ["an address without its port", "192.0.2.1", "203.0.113.9:4711", "203.0.113.9"],
  ["an IPv6 address without brackets and port", "192.0.2.1", "[2001:db8::1]:4711", "2001:db8::1"],
  ["an IPv6 address in its shortest form", "192.0.2.1", "[2001:0DB8:0:0:0:0:0:1]", "2001:db8::1"],
  ["an IPv6 address without its zone", "192.0.2.1", "fe80::1%eth0", "fe80::1"],
  ["IPv4 that is mapped into IPv6, in hex", "192.0.2.1", "::ffff:cb00:7109", "203.0.113.9"],
  ["IPv4 that is mapped, with port", "192.0.2.1", "[::FFFF:203.0.113.9]:80", "203.0.113.9"],
  [
    "the client behind a proxy that is written as IPv6",
    "::FFFF:c000:201",
    "203.0.113.9",
    "203.0.113.9",
  ],
  ["unknown where the proxy does not know either", "192.0.2.1", "unknown", "unknown"],
  ["unknown where the entry is a name", "192.0.2.1", "_hidden", "unknown"],
  ["unknown where the entry is ambiguous", "192.0.2.1", "010.0.0.1", "unknown"],
  ["an IPv4 address of a dual-stack listener", "::ffff:192.0.2.1", "203.0.113.9", "203.0.113.9"],
])("is %s", (...[, peer, forwardedFor, expected]) => {
  expect(clientAddress({ peer, forwardedFor }, isProxy)).toBe(expected);
});

test("a client cannot appear internal by any forwarded header", () => {
  const isInternal = toRangeTest(["10.0.0.0/8"]);
  fc.assert(
    fc.property(fc.string(), (claim) => {
      const direct = clientAddress({ peer: "203.0.113.9", forwardedFor: claim }, isProxy);
      const proxied = { peer: "192.0.2.1", forwardedFor: `${claim}, 203.0.113.9` };
      expect(isInternal(direct)).toBe(false);
      expect(isInternal(clientAddress(proxied, isProxy))).toBe(false);
    }),
  );
});

test("an empty or invalid entry is not an internal address", () => {
  const isInternal = toRangeTest(["10.0.0.0/8"]);
  for (const forwardedFor of ["", ",", "unknown", "10.0.0.1 10.0.0.2", "[10.0.0.1"]) {
    expect(isInternal(clientAddress({ peer: "192.0.2.1", forwardedFor }, isProxy))).toBe(false);
  }
});
