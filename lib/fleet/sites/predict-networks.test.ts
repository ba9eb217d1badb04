import { expect, test } from "vitest";
import { predictNetworks } from "#fleet/sites/predict-networks";

const known = {
  sites: [
    { id: "1", name: "Berlin" },
    { id: "2", name: "Paris" },
  ],
  networks: [
    { id: 1, network: "10.0.0.0/8", siteId: "1" },
    { id: 2, network: "10.5.0.0/16", siteId: "2" },
  ],
  phones: [
    { address: "10.4.0.1", poolSite: "Redmond", phones: 3 },
    { address: "10.5.0.1", poolSite: "Redmond", phones: 5 },
    { address: "192.0.2.1", poolSite: "Redmond", phones: 7 },
    { address: "192.0.2.2", poolSite: null, phones: 11 },
    { address: "unknown", poolSite: "Redmond", phones: 13 },
  ],
} as const;

function movedBy(...wanted: readonly (readonly [network: string, siteName: string])[]) {
  const networks = wanted.map(([network, siteName]) => ({ network, siteName }));
  return predictNetworks(networks, known).networks.map(({ change, phones }) => [change, phones]);
}

test("counts the phones that would be at another site, by the network that takes them there", () => {
  expect(movedBy(["10.4.0.0/16", "Paris"])).toEqual([["added", 3]]);
  expect(movedBy(["10.5.0.0/16", "Berlin"])).toEqual([["moved", 5]]);
  expect(movedBy(["192.0.2.0/24", "Rome"], ["192.0.2.1/32", "Berlin"])).toEqual([
    ["added", 11],
    ["added", 7],
  ]);
});

test("counts no phone that stays at its site, or that a longer network decides about", () => {
  expect(movedBy(["10.4.0.0/16", "berlin"])).toEqual([["added", 0]]);
  expect(movedBy(["192.0.2.1/32", "Redmond"])).toEqual([["added", 0]]);
  expect(movedBy(["10.5.0.0/16", "PARIS"])).toEqual([["unchanged", 0]]);
  // Those at 10.5.0.1 stay in Paris.
  expect(movedBy(["10.0.0.0/8", "Paris"])).toEqual([["moved", 3]]);
});
