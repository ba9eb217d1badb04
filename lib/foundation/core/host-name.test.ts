import fc from "fast-check";
import { expect, test } from "vitest";
import {
  canonicalAddress,
  canonicalHost,
  hostKey,
  isLoopbackHost,
  isSameAuthority,
} from "#foundation/core/host-name";

test.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["::FFFF:C000:0201", "192.0.2.1"],
  ["0:0:0:0:0:ffff:c000:201", "192.0.2.1"],
  ["2001:DB8::1", "2001:db8::1"],
  ["2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"],
  ["2001:db8:0:0:1::1", "2001:db8::1:0:0:1"],
  ["fe80::1%eth0", "fe80::1"],
  ["fe80::1%25eth0", "fe80::1"],
  ["::", "::"],
  ["::1", "::1"],
])("normalises the address %s to %s", (text, expected) => {
  expect(canonicalAddress(text)).toBe(expected);
});

test.each([
  "",
  "unknown",
  "010.0.0.1",
  "10.0.0.256",
  "10.0.0",
  "10.1",
  "0x7f.0.0.1",
  "1::2::3",
  "[::1]",
  "12345::",
  "10.0.0.1:80",
  " 10.0.0.1",
  "pool01",
])("refuses %j as an address", (text) => {
  expect(canonicalAddress(text)).toBeNull();
});

test.each([
  ["pool02.contoso.com", "pool02.contoso.com"],
  ["pool02.contoso.com.", "pool02.contoso.com"],
  ["POOL02.Contoso.COM.:8080", "pool02.contoso.com"],
  ["pool_2:", "pool_2"],
  ["192.0.2.1:80", "192.0.2.1"],
  ["192.0.2.1.", "192.0.2.1"],
  ["[2001:DB8:0:0:0:0:0:1]", "[2001:db8::1]"],
  ["[2001:0db8::0001]:8443", "[2001:db8::1]"],
  ["[::ffff:192.0.2.1]:80", "192.0.2.1"],
  ["[::FFFF:C000:201]", "192.0.2.1"],
  ["[fe80::1%eth0]", "[fe80::1]"],
  ["[fe80::1%25eth0]:80", "[fe80::1]"],
])("normalises the host %s to %s", (text, expected) => {
  expect(canonicalHost(text)).toBe(expected);
});

test.each([
  "",
  ".",
  "..",
  ".contoso.com",
  "pool02..contoso.com",
  "pool02.contoso.com..",
  "pool 02",
  "a,b",
  "a/b",
  "a\\b",
  "a@b",
  "user:pass@b",
  "a?b",
  "a#b",
  "a%2eb",
  "a:99999",
  "a:-1",
  "a:80:80",
  "a:b",
  "::1",
  "2001:db8::1",
  "[::1",
  "::1]",
  "[::1]x",
  "[]",
  "[10.0.0.1]",
  "[1::2::3]",
  "256.256.256.256",
  "1.2.3.4.5",
  "a\tb",
  "a\u0000b",
  "é",
  "a".repeat(300),
])("refuses %j as a host", (text) => {
  expect(canonicalHost(text)).toBeNull();
});

test("normalises every spelling of an IPv6 address to one form, which is a fixed point", () => {
  fc.assert(
    fc.property(fc.ipV6(), fc.boolean(), (address, isUpper) => {
      const once = canonicalAddress(isUpper ? address.toUpperCase() : address);
      expect(once).not.toBeNull();
      expect(canonicalAddress(once ?? "")).toBe(once);
      expect(canonicalAddress(spellOut(once ?? ""))).toBe(once);
    }),
  );
});

/** Every group has four digits, and nothing is compressed. */
function spellOut(address: string): string {
  if (!address.includes(":")) {
    return `0000:0000:0000:0000:0000:FFFF:${address}`;
  }
  const [head = "", tail = ""] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail.split(":").filter(Boolean);
  const missing = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...missing, ...right].map((group) => group.padStart(4, "0")).join(":");
}

test("returns the canonical form of a stored name, and lower case for a name that is not a valid host", () => {
  expect(hostKey("Pool01.contoso.com.")).toBe("pool01.contoso.com");
  expect(hostKey("Pool 01")).toBe("pool 01");
});

test.each([
  ["panel.contoso.com", "PANEL.contoso.com.:443", true],
  ["panel.contoso.com:80", "panel.contoso.com", true],
  ["panel.contoso.com:8080", "panel.contoso.com", false],
  ["panel.contoso.com", "contoso.com", false],
  ["[::1]:3000", "[0:0:0:0:0:0:0:1]:3000", true],
  ["", "", false],
])("returns whether %s and %s name the same host and port: %s", (one, other, expected) => {
  expect(isSameAuthority(one, other)).toBe(expected);
});

test.each([
  ["localhost", true],
  ["LOCALHOST.", true],
  ["127.0.0.1:80", true],
  ["127.9.9.9", true],
  ["[0:0:0:0:0:0:0:1]", true],
  ["[::ffff:127.0.0.1]", true],
  ["127.0.0.1.contoso.com", false],
  ["contoso.com", false],
])("returns whether %s is a loopback host: %s", (host, expected) => {
  expect(isLoopbackHost(host)).toBe(expected);
});
