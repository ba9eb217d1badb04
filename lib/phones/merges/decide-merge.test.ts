import { expect, test } from "vitest";
import type { MergeCandidate } from "#phones/merges/decide-merge";
import { decideMerge } from "#phones/merges/decide-merge";

const HARDWARE = {
  deviceType: "UCPhone",
  brand: "POLYCOM",
  model: "CX600",
  revision: "A",
  locale: "ENU",
};

function aCandidate(overrides: Partial<MergeCandidate> = {}): MergeCandidate {
  return {
    id: "old",
    macAddress: null,
    serialNumber: "A1",
    hardware: HARDWARE,
    firstSeenAt: new Date("2026-11-01"),
    lastSeenAt: new Date("2026-11-02"),
    ...overrides,
  };
}

const LATER = { firstSeenAt: new Date("2026-11-03"), lastSeenAt: new Date("2026-11-04") };

test.each([
  ["with a MAC address, also if it checked before", { macAddress: "0A" }, LATER, "old"],
  ["with a MAC address", {}, { macAddress: "0B", ...LATER }, "new"],
  ["that checked last", { macAddress: "0A" }, { macAddress: "0B", ...LATER }, "new"],
  ["that checked last, without MAC addresses", {}, LATER, "new"],
] as const)("the row stays %s", (...[, old, other, kept]) => {
  const decision = decideMerge(aCandidate(old), aCandidate({ id: "new", ...other }));

  expect(decision).toMatchObject({ keptId: kept, obstacle: null });
  expect(decision.mergedId).not.toBe(kept);
});

test.each([
  ["same_row", { id: "old" }],
  ["other_brand", { hardware: { ...HARDWARE, brand: "AASTRA" } }],
  ["other_model", { hardware: { ...HARDWARE, model: "CX500" } }],
  ["both_check", { macAddress: "0B" }],
  [null, { macAddress: "0B", ...LATER }],
  [null, { hardware: { ...HARDWARE, revision: "B" }, ...LATER }],
] as const)("the obstacle of two rows is %s", (obstacle, other) => {
  const one = aCandidate({ macAddress: "0A" });

  expect(decideMerge(one, aCandidate({ id: "new", ...other })).obstacle).toBe(obstacle);
});
