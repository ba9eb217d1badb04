import { expect, test } from "vitest";
import type { ArrivalCount } from "#fleet/devices/arrivals";
import { toArrivals } from "#fleet/devices/arrivals";

function counts(...given: readonly Partial<ArrivalCount>[]): readonly ArrivalCount[] {
  return given.map((one) => ({
    kind: "phone_added",
    side: "internal",
    network: "10.0.0.1",
    count: 1,
    ...one,
  }));
}

test.each([
  ["as many new phones as usual", counts({ count: 1_000 }), false],
  ["more new phones than usual", counts({ count: 600 }, { network: "10.0.0.2", count: 401 }), true],
  ["one phone that was left out", counts({ kind: "phone_left_out", count: 1 }), true],
  ["refused checks only", counts({ kind: "refusal_left_out", count: 9_999 }), false],
] as const)("computes the alarm for %s", (_, given, isAlarm) => {
  expect(toArrivals(given, 1_000).isAlarm).toBe(isAlarm);
});

test("lists the networks with the most phones, including those left out, but not the unnamed network", () => {
  const arrivals = toArrivals(
    counts(
      { network: "10.0.0.1", count: 2 },
      { network: "10.0.0.2", count: 5 },
      { network: "10.0.0.1", kind: "phone_left_out", count: 4 },
      { network: "", kind: "phone_left_out", count: 100 },
      { network: "192.0.2.1", side: "external", kind: "refusal_left_out", count: 7 },
    ),
    1_000,
  );

  expect(arrivals).toMatchObject({
    added: 7,
    leftOut: 104,
    refusals: 7,
    phoneNetworks: [
      { network: "10.0.0.1", count: 6 },
      { network: "10.0.0.2", count: 5 },
    ],
    refusalNetworks: [{ network: "192.0.2.1", side: "external", count: 7 }],
  });
});
