import { expect, test } from "vitest";
import { siteKey } from "#fleet/sites/model";
import { readNetworkList } from "#fleet/sites/read-network-list";

test("reads a network and a site from each line, in any of the three separators", () => {
  const text = [
    "network;site",
    "10.4.0.0/16;Berlin",
    '"10.5.0.0/16","New York"',
    "2001:db8:4::/48\tBerlin",
    "",
    "# closed",
    "10.4.0.0/16;berlin",
  ].join("\r\n");

  expect(readNetworkList(text, null)).toEqual({
    networks: [
      { network: "10.4.0.0/16", siteName: "Berlin" },
      { network: "10.5.0.0/16", siteName: "New York" },
      { network: "2001:db8:4::/48", siteName: "Berlin" },
    ],
    refused: [],
  });
});

test.each([
  ["BERLIN", "berlin", true],
  ["MÜNCHEN", "München", true],
  ["ÉCOLE", "école", true],
  // Two names in Unicode's mapping, which knows no language.
  ["STRASSE", "Straße", false],
  ["İzmir", "izmir", false],
  ["IZMIR", "ızmir", false],
] as const)("%s and %s are one site: %s", (one, other, isSame) => {
  const { refused } = readNetworkList(`10.4.0.0/16;${one}\n10.4.0.0/16;${other}`, null);

  expect(siteKey(one) === siteKey(other)).toBe(isSame);
  expect(refused).toHaveLength(isSame ? 0 : 1);
});

test("a line without a site is a network of the default site", () => {
  expect(readNetworkList("10.4.0.0/16\n10.5.0.0/16;Paris", "Berlin").networks).toEqual([
    { network: "10.4.0.0/16", siteName: "Berlin" },
    { network: "10.5.0.0/16", siteName: "Paris" },
  ]);
});

test("names the line, the problem and the network meant", () => {
  const text =
    "10.4.7.9/16;Berlin\n10.4.0.5;Berlin\nBerlin\n10.6.0.0/16\n10.7.0.0/16;A\n10.7.0.0/16;B";

  expect(readNetworkList(text, null).refused).toEqual([
    { line: 1, text: "10.4.7.9/16;Berlin", problem: "host_bits", meant: "10.4.0.0/16" },
    { line: 2, text: "10.4.0.5;Berlin", problem: "no_prefix", meant: "10.4.0.5/32" },
    { line: 3, text: "Berlin", problem: "not_a_network", meant: null },
    { line: 4, text: "10.6.0.0/16", problem: "no_site", meant: null },
    { line: 6, text: "10.7.0.0/16;B", problem: "other_site", meant: null },
  ]);
});
