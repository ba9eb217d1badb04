import { expect, test } from "vitest";
import type { PhoneFacts } from "#fleet/devices/kind";
import { buildRuleTable } from "#phones/check/rule-table";
import {
  aFaultyRelease,
  aHardware,
  aRelease,
  aRule,
  aSnapshot,
} from "#phones/check/testing/check-data";
import {
  judgeContent,
  judgePhone,
  notableMarks,
  ruledHardware,
} from "#phones/inventory/judge-phone";

const POOL_ID = "pool-1";
const SUSPENDED = { deviceKey: "mac:0004f2000002", updateType: "cpe", version: "5.0" };
const TEST_DEVICE = { siteId: null, identifierType: "SerialNumber", identifier: "T1" } as const;

function aPhone(overrides: Partial<PhoneFacts> = {}): PhoneFacts {
  return {
    id: "1",
    poolId: POOL_ID,
    macAddress: null,
    serialNumber: null,
    address: "10.0.0.7",
    hardware: aHardware(),
    installed: [{ updateType: "CPE", fileName: "CPE.nbt", version: "4.0", timestamp: null }],
    ...overrides,
  };
}

function rulesWith(rule: Parameters<typeof aRule>[0]) {
  return buildRuleTable(
    aSnapshot({
      rules: [{ ...aRule(rule), poolId: POOL_ID }],
      testDevices: [TEST_DEVICE],
      suspendedOffers: [SUSPENDED],
    }),
  );
}

test.each([
  ["update_due", { approved: aRelease("5.0") }, {}],
  ["up_to_date", { approved: aRelease("4.0") }, {}],
  ["nothing_approved", { pending: aRelease("5.0") }, {}],
  ["update_due", { pending: aRelease("5.0") }, { serialNumber: "t1" }],
  ["content_unusable", { approved: aFaultyRelease("5.0", "image") }, {}],
  ["suspended", { approved: aRelease("5.0") }, { macAddress: "0004F2000002" }],
  ["unknown", { approved: aRelease("5.0") }, { hardware: aHardware({ model: "CX500" }) }],
  ["unknown", { approved: aRelease("5.0") }, { hardware: aHardware({ revision: "B" }) }],
  ["unknown", { approved: aRelease("5.0") }, { poolId: null }],
  ["unknown", { approved: aRelease("5.0") }, { poolId: "removed" }],
] as const)("a phone is %s", (state, rule, phone) => {
  expect(judgePhone(rulesWith(rule), aPhone(phone)).state).toBe(state);
});

test("the content of phones is judged without marks and suspended offers", () => {
  const rules = rulesWith({ approved: aRelease("4.0"), pending: aRelease("5.0") });

  expect(judgeContent(rules, { ...aPhone(), poolId: POOL_ID })).toEqual({
    state: "up_to_date",
    isTestDevice: false,
  });
  expect(judgePhone(rules, aPhone({ serialNumber: "T1" }))).toEqual({
    state: "update_due",
    isTestDevice: true,
  });
});

test("the marks of a table lead to every phone that its kind does not decide about", () => {
  const rules = rulesWith({ approved: aRelease("5.0") });

  expect(notableMarks(rules)).toEqual({
    macAddresses: [],
    serialNumbers: ["t1"],
    deviceKeys: [SUSPENDED.deviceKey],
  });
  expect(ruledHardware(rules)).toEqual(["ucphone/polycom/cx600/a/enu"]);
});
