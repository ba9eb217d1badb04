import { expect, test } from "vitest";
import type { MarkedPhone } from "#fleet/devices/kind";
import type { PhoneGroup } from "#fleet/devices/phone-group";
import { buildRuleTable } from "#phones/check/rule-table";
import { aHardware, aRelease, aRule, aSnapshot } from "#phones/check/testing/check-data";
import { MAX_COUNTED_KINDS, countFleet, phonesIn, totalsOf } from "#phones/statistics/count-fleet";

const POOL_ID = "pool-1";

function aGroup(version: string, overrides: Partial<PhoneGroup> = {}): PhoneGroup {
  return {
    poolId: POOL_ID,
    hardware: aHardware(),
    installed: [{ updateType: "CPE", fileName: "CPE.nbt", version, timestamp: null }],
    version,
    phones: 1,
    silent: 0,
    inTrouble: 0,
    ...overrides,
  };
}

function rulesWith(rule: Parameters<typeof aRule>[0]) {
  return buildRuleTable(
    aSnapshot({
      rules: [{ ...aRule(rule), poolId: POOL_ID }],
      testDevices: [{ siteId: null, identifierType: "SerialNumber", identifier: "T1" }],
    }),
  );
}

const NONE: readonly MarkedPhone[] = [];

test("each phone is in one update state, and silence, trouble and pending versions lie across them", () => {
  const counts = countFleet(rulesWith({ approved: aRelease("4.0"), pending: aRelease("5.0") }), {
    groups: [
      aGroup("4.0", { phones: 70, silent: 3 }),
      aGroup("3.0", { phones: 20, inTrouble: 2 }),
      aGroup("3.0", { phones: 9, poolId: null }),
    ],
    notable: NONE,
  });

  const totals = totalsOf(counts);
  expect(totals).toMatchObject({
    up_to_date: 70,
    update_due: 20,
    unknown: 9,
    silent: 3,
    in_trouble: 2,
    waiting_for_test: 90,
  });
  expect(phonesIn(totals)).toBe(99);
});

test("a test device is counted by what the rules make of itself", () => {
  const rules = rulesWith({ approved: aRelease("4.0"), pending: aRelease("5.0") });
  const testDevice = {
    ...aGroup("4.0"),
    id: "1",
    macAddress: null,
    serialNumber: "T1",
    address: "10.0.0.7",
  } satisfies MarkedPhone;

  const totals = totalsOf(
    countFleet(rules, { groups: [aGroup("4.0", { phones: 10 })], notable: [testDevice] }),
  );

  expect(totals).toMatchObject({ up_to_date: 9, update_due: 1 });
});

test("spellings of a model are one kind, and versions are separate kinds", () => {
  const counts = countFleet(rulesWith({ approved: aRelease("4.0") }), {
    groups: [
      aGroup("4.0", { phones: 2 }),
      aGroup("4.0", { phones: 3, hardware: aHardware({ model: "cx600" }) }),
      aGroup("3.0", { phones: 5 }),
    ],
    notable: NONE,
  });

  expect(counts).toEqual([
    { brand: "POLYCOM", model: "CX600", version: "4.0", figure: "up_to_date", phones: 5 },
    { brand: "POLYCOM", model: "CX600", version: "3.0", figure: "update_due", phones: 5 },
  ]);
});

test("kinds beyond the limit are counted as one, and no phone is lost", () => {
  const groups = Array.from({ length: MAX_COUNTED_KINDS + 2 }, (_, index) =>
    aGroup(`4.${index}`, { phones: index === 0 ? 1 : 2 }),
  );

  const counts = countFleet(rulesWith({ approved: aRelease("9.0") }), { groups, notable: NONE });

  expect(counts).toHaveLength(MAX_COUNTED_KINDS + 1);
  expect(counts.at(-1)).toMatchObject({ model: "", version: "", phones: 3 });
  expect(phonesIn(totalsOf(counts))).toBe(2 * groups.length - 1);
});
