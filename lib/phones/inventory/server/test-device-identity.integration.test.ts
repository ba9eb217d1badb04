import { beforeEach, expect, test } from "vitest";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { checkService } from "#phones/check/testing/check-service";
import { checkForUpdate } from "#phones/check/server/check-for-update";
import { currentRuleTable } from "#phones/check/server/rule-table-loader";
import { previewCheck } from "#phones/check/server/what-if";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import type { DeviceSummary } from "#fleet/devices/model";
import { listDevices } from "#phones/inventory/server/list-devices";
import { db } from "#foundation/platform/db/client";
import type { Pool } from "#fleet/pools/model";
import { listTestPhones } from "#firmware/rules/server/list-test-phones";
import { CX600, aPool, act } from "#firmware/rules/testing/rules";
import { setNetworks } from "#fleet/sites/server/set-networks";
import { createTestDeviceInput } from "#fleet/test-devices/schema";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";

const MAC = "00-04-F2-00-01-76";
const OTHER_MAC = "00-04-F2-00-09-99";
const ZEROS = "00-00-00-00-00-00";

let ruleId = "";
let pool: Pool;

const { flush } = checkService();

beforeEach(async () => {
  pool = await aPool();
  ({ ruleId } = await aStoredUpdate(pool, { version: "1.0" }));
  await act("approve", ruleId);
  await aStoredUpdate(pool, { version: "2.0" });
  await reloadRules();
});

type Said = {
  readonly mac?: string;
  readonly serial?: string;
  readonly version?: string;
};

/** The version that a phone is offered; null if it is up to date. */
function ask({ mac, serial, version = "0.9" }: Said): string | null {
  const context = {
    now: new Date(),
    side: "internal",
    dialect: "json",
    address: "10.0.0.1",
    host: null,
    accountName: null,
    boundMacAddress: null,
    isProbe: false,
    poolFqdn: null,
  } as const;
  const body = {
    device: { ...CX600, macAddress: mac, serialNumber: serial },
    modules: [{ updateType: "CPE", fileName: "CPE.nbt", version }],
  };
  const { check } = checkForUpdate(context, JSON.stringify(body));
  const [judged] = check.judged;
  return judged?.judgement.verdict === "offered" ? judged.judgement.release.version : null;
}

async function settle(): Promise<void> {
  await flush();
  await reloadRules();
}

async function register(identifierType: "MACAddress" | "SerialNumber", identifier: string) {
  const input = { siteName: null, name: identifier, identifierType, identifier };
  const device = await createTestDevice(aContext(), createTestDeviceInput.parse(input));
  await reloadRules();
  return device;
}

/** A row of an earlier version, which did not validate identifiers. */
async function registerUnchecked(identifierType: string, identifier: string): Promise<void> {
  await db.testDevice.create({
    data: {
      name: identifier,
      scopeKey: `global/${identifier}`,
      identifierType,
      identifier,
      createdAt: new Date(),
      createdBy: "an earlier version",
    },
  });
  await reloadRules();
}

async function devices(): Promise<readonly DeviceSummary[]> {
  const search = { ...EVERY_DEVICE, sort: "serialNumber", order: "asc" } as const;
  return (await listDevices(aContext(), search)).devices;
}

async function simulate({ mac = "", serial = "", version = "0.9" }: Said): Promise<boolean> {
  const { today } = await previewCheck(aContext(), {
    hardware: CX600,
    installed: [{ updateType: "CPE", version }],
    macAddress: mac,
    serialNumber: serial,
    pool: "",
    side: "internal",
    approve: null,
  });
  return today.isTestDevice;
}

test.each([ZEROS, "FF:FF:FF:FF:FF:FF", "01-00-5E-00-00-01"])(
  "phones that send %s are identified by serial number, and the address makes none a test device",
  async (mac) => {
    await registerUnchecked("MACAddress", mac.replaceAll(/[-:]/g, ""));

    expect(ask({ mac, serial: "S1" })).toBe("1.0");
    expect(ask({ mac, serial: "S2" })).toBe("1.0");
    expect(ask({ mac })).toBe("1.0");
    await settle();

    expect(await devices()).toMatchObject([
      { macAddress: null, serialNumber: "S1", isTestDevice: false },
      { macAddress: null, serialNumber: "S2", isTestDevice: false },
    ]);
    expect(await simulate({ mac, serial: "S1" })).toBe(false);
  },
);

test.each(["000000000000", "unknown", "N_A", "XXXX"])(
  "the serial number %s makes no phone a test device, and phones are identified by MAC address",
  async (serial) => {
    await registerUnchecked("SerialNumber", serial);

    expect(ask({ mac: MAC, serial })).toBe("1.0");
    expect(ask({ mac: OTHER_MAC, serial })).toBe("1.0");
    expect(ask({ serial })).toBe("1.0");
    await settle();

    expect(await devices()).toMatchObject([
      { serialNumber: null, isTestDevice: false },
      { serialNumber: null, isTestDevice: false },
    ]);
  },
);

test("a row of an earlier version with such an address is not a test device", async () => {
  ask({ mac: MAC, serial: "S1" });
  await settle();
  await db.device.updateMany({
    data: { macAddress: "000000000000", serialNumber: "0000", deviceKey: "mac:000000000000" },
  });
  await registerUnchecked("MACAddress", "000000000000");
  await registerUnchecked("SerialNumber", "0000");

  expect(await devices()).toMatchObject([{ isTestDevice: false }]);
});

test("checks, the list and what-if compare serial numbers without regard to case", async () => {
  await register("SerialNumber", "ab-C1");

  expect(ask({ serial: "AB-c1" })).toBe("2.0");
  await settle();

  expect(await devices()).toMatchObject([{ serialNumber: "AB-c1", isTestDevice: true }]);
  expect(await simulate({ serial: "aB-c1" })).toBe(true);
});

test("a test device whose update changes its serial number does not switch between versions", async () => {
  ask({ mac: MAC, serial: "OLD-1" });
  await flush();
  await register("SerialNumber", "old-1");
  expect(ask({ mac: MAC, serial: "OLD-1" })).toBe("2.0");
  await settle();

  const updated = { mac: MAC, serial: "NEW-1", version: "2.0" };
  expect(ask(updated)).toBeNull();
  expect(await simulate(updated)).toBe(true);
  await settle();
  expect(ask(updated)).toBeNull();
  await settle();

  expect(await devices()).toMatchObject([
    {
      serialNumber: "NEW-1",
      isTestDevice: true,
      state: "up_to_date",
      conflict: null,
      serialChanges: [{ serialNumber: "OLD-1", channel: "pending" }],
    },
  ]);
  // It is still a test device for the next pending version.
  await act("approve", ruleId);
  await aStoredUpdate(pool, { version: "3.0" });
  await reloadRules();
  expect(ask(updated)).toBe("3.0");
});

test("a new phone is known by its MAC address after its first check is written", async () => {
  await register("SerialNumber", "OLD-1");
  const isKnown = () => {
    const { testDevices } = currentRuleTable().defaultPool ?? expect.unreachable();
    return testDevices.anywhere.reportingMacAddresses.has("0004F2000176");
  };
  expect(isKnown()).toBe(false);

  expect(ask({ mac: MAC, serial: "OLD-1" })).toBe("2.0");
  await flush();
  await expect.poll(isKnown, { timeout: 5_000 }).toBe(true);

  expect(ask({ mac: MAC, serial: "NEW-1", version: "2.0" })).toBeNull();
});

test("another phone with the MAC address of a test device is not offered the pending version", async () => {
  ask({ mac: MAC, serial: "TEST-1" });
  await flush();
  await register("SerialNumber", "TEST-1");
  ask({ mac: MAC, serial: "TEST-1" });
  await settle();

  expect(ask({ mac: MAC, serial: "OTHER-1" })).toBe("1.0");
  expect(ask({ mac: MAC, serial: "OTHER-1", version: "1.0" })).toBeNull();
  await settle();
  ask({ mac: MAC, serial: "TEST-1" });
  await settle();

  expect(ask({ mac: MAC, serial: "OTHER-1" })).toBe("1.0");
  expect(await devices()).toMatchObject([{ conflict: "two_phones" }]);
});

test("registering a known phone by its other identifier is refused and names the existing test device", async () => {
  ask({ mac: MAC, serial: "ab-1" });
  await flush();
  await register("MACAddress", MAC);

  await expect(register("SerialNumber", "AB-1")).rejects.toMatchObject({
    code: "conflict",
    message: `AB-1 is the phone ${MAC}, which is a test device already: global/${MAC}.`,
    reason: { code: "same_phone_registered" },
  });
});

test("the same refusal applies in the other order, and to a serial number from before an update", async () => {
  ask({ mac: MAC, serial: "OLD-1" });
  await flush();
  await register("SerialNumber", "OLD-1");
  ask({ mac: MAC, serial: "OLD-1" });
  await settle();
  ask({ mac: MAC, serial: "NEW-1", version: "2.0" });
  await settle();

  for (const [type, identifier] of [
    ["MACAddress", MAC] as const,
    ["SerialNumber", "NEW-1"] as const,
  ]) {
    await expect(register(type, identifier)).rejects.toThrow("global/OLD-1");
  }
});

test("a serial number that several phones report is refused", async () => {
  ask({ mac: MAC, serial: "SHARED-1" });
  ask({ mac: OTHER_MAC, serial: "shared-1" });
  await flush();

  await expect(register("SerialNumber", "Shared-1")).rejects.toMatchObject({
    code: "conflict",
    reason: { code: "shared_serial_number", phones: 2 },
  });
});

test("two serial numbers are compared without wildcards", async () => {
  await register("SerialNumber", "AXB1");
  await expect(register("SerialNumber", "axb1")).rejects.toMatchObject({ code: "conflict" });
  expect(await register("SerialNumber", "A_B1")).toMatchObject({ identifier: "A_B1" });
});

test("a rule shows the test devices whose phones check at its pool, also those of another site", async () => {
  await setNetworks(aContext(), { networks: [{ network: "10.0.0.0/8", siteName: "Berlin" }] });
  for (const [identifier, siteName] of [
    [MAC, pool.siteName],
    [OTHER_MAC, "Berlin"],
    ["00-04-F2-00-09-98", "Berlin"],
  ] as const) {
    const input = { siteName, name: identifier, identifierType: "MACAddress", identifier };
    await createTestDevice(aContext(), createTestDeviceInput.parse(input));
  }
  await reloadRules();
  ask({ mac: MAC });
  ask({ mac: OTHER_MAC });
  await flush();

  const { testPhones = [] } = (await listTestPhones(aContext(), ruleId)) ?? {};
  expect(
    Object.fromEntries(testPhones.map(({ testDevice: { name }, state }) => [name, state])),
  ).toEqual({ [MAC]: "other_site", [OTHER_MAC]: "offered" });
});
