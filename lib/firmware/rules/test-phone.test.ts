import { expect, test } from "vitest";
import type { DeviceUpdate } from "#fleet/devices/model";
import type { ProgressState } from "#fleet/devices/progress-state";
import { PROGRESS_STATES } from "#fleet/devices/progress-state";
import type { PlacedPhone } from "#firmware/rules/test-phone";
import { testedVersion, toTestCandidates, toTestPhone } from "#firmware/rules/test-phone";
import type { TestDevice } from "#fleet/test-devices/model";

const HARDWARE = {
  deviceType: "UCPhone",
  brand: "POLYCOM",
  model: "CX600",
  revision: "A",
  locale: "ENU",
};
const OLD = { releaseId: "r1", version: "1.0" };
const NEW = { releaseId: "r2", version: "2.0" };
const RULE = {
  poolId: "pool",
  hardware: HARDWARE,
  updateType: "CPE",
  approved: OLD,
  pending: NEW,
  importedAt: new Date("2026-03-02T08:00:00Z"),
};
const TEST_DEVICE: TestDevice = {
  id: "t",
  siteId: null,
  siteName: null,
  name: "reception",
  identifierType: "MACAddress",
  identifier: "0004F2000176",
  createdAt: new Date("2026-03-02T09:00:00Z"),
  createdBy: "anna",
};

function aPhone(fields: Partial<PlacedPhone> & { readonly runs?: string } = {}): PlacedPhone {
  const { runs = "1.0", ...rest } = fields;
  return {
    id: "d",
    poolId: "pool",
    siteName: "Berlin",
    macAddress: "0004F2000176",
    serialNumber: null,
    hardware: HARDWARE,
    version: runs,
    installed: [{ updateType: "cpe", fileName: "CPE.nbt", version: runs, timestamp: null }],
    offered: [],
    updates: [],
    lastSeenAt: new Date("2026-03-02T10:00:00Z"),
    ...rest,
  };
}

function anUpdate(
  state: ProgressState,
  fields: Partial<Pick<DeviceUpdate, "updateType" | "version">> = {},
): DeviceUpdate {
  return {
    updateType: "cpe",
    version: "2.0",
    fromVersion: "1.0",
    offeredAt: new Date("2026-03-02T10:00:00Z"),
    startedAt: null,
    downloadedAt: null,
    bootedAt: null,
    runningAt: null,
    lostAt: null,
    lastDownloadedAt: null,
    otherVersion: null,
    otherVersionAt: null,
    attempts: 0,
    attemptedAt: null,
    state,
    fellBackAt: null,
    ...fields,
  };
}

const GIVEN = { updateType: "CPE", version: "2.0", channel: "pending" } as const;
const BEFORE_TEST = new Date("2026-03-02T08:30:00Z");

test.each([
  ["never_asked", null],
  ["other_hardware", aPhone({ hardware: { ...HARDWARE, revision: "B" } })],
  ["other_pool", aPhone({ poolId: "elsewhere" })],
  ["running", aPhone({ runs: "2.0" })],
  ["running", aPhone({ runs: "2.0", lastSeenAt: BEFORE_TEST })],
  ["not_asked_since", aPhone({ lastSeenAt: BEFORE_TEST })],
  ["not_given", aPhone()],
  ["not_given", aPhone({ updates: [anUpdate("offered", { version: "1.5" })] })],
  ["not_given", aPhone({ updates: [anUpdate("offered", { updateType: "FONT" })] })],
] as const)("returns %s for a test device", (state, phone) => {
  expect(toTestPhone(RULE, TEST_DEVICE, phone).state).toBe(state);
});

test("a test device of one site counts only at the phone's own site", () => {
  const atLyon = { ...TEST_DEVICE, siteId: "s", siteName: "Lyon" };
  expect(toTestPhone(RULE, atLyon, aPhone({ siteName: "Berlin" })).state).toBe("other_site");
  expect(toTestPhone(RULE, atLyon, aPhone({ siteName: null })).state).toBe("other_site");
  expect(toTestPhone(RULE, atLyon, aPhone({ siteName: "Lyon" })).state).toBe("not_given");
});

test.each(PROGRESS_STATES)("returns %s for a test device whose update has this state", (state) => {
  const phone = aPhone({ updates: [anUpdate(state)] });
  expect(toTestPhone(RULE, TEST_DEVICE, phone).state).toBe(state);
});

test("returns the reported and the given version of only this kind of image", () => {
  const phone = aPhone({ offered: [{ ...GIVEN, updateType: "FONT" }, GIVEN] });
  expect(toTestPhone(RULE, TEST_DEVICE, phone)).toMatchObject({
    version: "1.0",
    givenVersion: "2.0",
  });
});

test("tests the pending version, or else the approved one", () => {
  expect(testedVersion(RULE)).toBe("2.0");
  expect(testedVersion({ approved: OLD, pending: null })).toBe("1.0");
  expect(testedVersion({ approved: null, pending: null })).toBeNull();
});

test("a candidate has its preferred mark; a phone without a mark is none", () => {
  const phones = [aPhone({ serialNumber: "S176" }), aPhone({ macAddress: null })];
  expect(toTestCandidates(phones)).toEqual([
    {
      id: "d",
      siteName: "Berlin",
      version: "1.0",
      model: HARDWARE.model,
      mark: { identifierType: "MACAddress", identifier: "0004F2000176" },
    },
  ]);
});
