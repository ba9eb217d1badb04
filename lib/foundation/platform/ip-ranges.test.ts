import { expect, test } from "vitest";
import { PRIVATE_RANGES, isIpRange, toNetwork, toRangeTest } from "#foundation/platform/ip-ranges";

test.each(["10.0.0.0/8", "192.0.2.7", "::1/128", "fc00::/7", "2001:db8::1"])(
  "accepts %s as a range",
  (range) => {
    expect(isIpRange(range)).toBe(true);
  },
);

test.each([
  "",
  "10.0.0.0/33",
  "10.0.0/8",
  "10.0.0.0/8/8",
  "10.0.0.0/",
  "::1/129",
  "pool01",
  "1.2.3.4/x",
  "::ffff:10.0.0.0/95",
  "010.0.0.0/8",
])("refuses %j as a range", (range) => {
  expect(isIpRange(range)).toBe(false);
});

test("the private ranges contain loopback and private addresses, and no public address", () => {
  const isPrivate = toRangeTest(PRIVATE_RANGES);

  for (const address of ["127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.7.7", "::1", "fd00::1"]) {
    expect(isPrivate(address), address).toBe(true);
  }
  for (const address of ["172.32.0.1", "8.8.8.8", "2001:db8::1", "not an address", ""]) {
    expect(isPrivate(address), address).toBe(false);
  }
});

test("an IPv4 address mapped into IPv6 counts as the IPv4 address", () => {
  const isInside = toRangeTest(["192.0.2.0/24"]);
  for (const address of ["::ffff:192.0.2.1", "::FFFF:192.0.2.1", "::ffff:c000:201"]) {
    expect(isInside(address), address).toBe(true);
  }
});

test.each([
  ["::ffff:192.0.2.0/120", "192.0.2.1", true],
  ["::FFFF:192.0.2.1", "192.0.2.1", true],
  ["::ffff:192.0.2.0/120", "192.0.3.1", false],
  ["2001:DB8::/32", "2001:0db8:0:0::9", true],
  ["FE80::1%eth0", "fe80::1", true],
])("the range %s contains %s: %s", (range, address, expected) => {
  expect(isIpRange(range)).toBe(true);
  expect(toRangeTest([range])(address)).toBe(expected);
});

test("ignores the zone of an address", () => {
  expect(toRangeTest(["fe80::/10"])("fe80::1%eth0")).toBe(true);
});

test("only a range with prefix length 0 contains every address", () => {
  expect(toRangeTest([])("127.0.0.1")).toBe(false);
  expect(toRangeTest(["0.0.0.0/0"])("8.8.8.8")).toBe(true);
});

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8:1:2:3:4:5:7", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8::/64"],
  ["2001:db8::1:2:3:4", "2001:db8::/64"],
  ["fe80::1%eth0", "fe80::/64"],
  ["::1", "::/64"],
  ["unknown", "unknown"],
])("counts %s as the sender %s", (address, network) => {
  expect(toNetwork(address)).toBe(network);
});
