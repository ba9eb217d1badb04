import { expect, test } from "vitest";
import { toDhcpOptions, toZoneSnippet } from "#programs/readiness/snippets";

const FACTS = { domain: "contoso.com", poolFqdn: "pool01.contoso.com" };

test("writes records with the addresses of the pool", () => {
  const poolAddresses = ["192.0.2.10", "2001:db8::10"];

  expect(toZoneSnippet({ ...FACTS, poolAddresses, timeServer: "ntp.contoso.com" })).toBe(
    `$ORIGIN contoso.com.
ucupdates-r2   3600 IN A     192.0.2.10
ucupdates-r2   3600 IN AAAA  2001:db8::10
ucupdates      3600 IN A     192.0.2.10
ucupdates      3600 IN AAAA  2001:db8::10
_ntp._udp      3600 IN SRV   0 100 123 ntp.contoso.com.
`,
  );
});

test("writes records with the name of a pool whose addresses are unknown", () => {
  expect(toZoneSnippet({ ...FACTS, poolAddresses: [], timeServer: null })).toBe(
    `$ORIGIN contoso.com.
ucupdates-r2   3600 IN CNAME pool01.contoso.com.
ucupdates      3600 IN CNAME pool01.contoso.com.
_ntp._udp      3600 IN SRV   0 100 123 time.contoso.com.
`,
  );
});

test("encodes DHCP options", () => {
  const options = toDhcpOptions({
    ...FACTS,
    poolFqdn: "p.co",
    timeAddresses: ["192.0.2.123", "::1"],
  });

  expect(Object.fromEntries(options.map(({ option, hex }) => [option, hex]))).toEqual({
    "4": "C0 00 02 7B",
    "15": "63 6F 6E 74 6F 73 6F 2E 63 6F 6D",
    "42": "C0 00 02 7B",
    "43": [
      "01 0C 4D 53 2D 55 43 2D 43 6C 69 65 6E 74",
      "02 05 68 74 74 70 73",
      "03 04 70 2E 63 6F",
      "04 03 34 34 33",
      `05 25 ${Buffer.from("/CertProv/CertProvisioningService.svc")
        .toString("hex")
        .toUpperCase()
        .replaceAll(/(..)(?=.)/g, "$1 ")}`,
    ].join(" "),
    "120": "00 01 70 02 63 6F 00",
  });
});

test("does not encode unknown values", () => {
  const [time] = toDhcpOptions({ ...FACTS, timeAddresses: [] });

  expect(time).toEqual({ option: "4", value: "", hex: null });
});
