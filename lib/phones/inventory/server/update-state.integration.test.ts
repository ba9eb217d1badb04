import { expect, test } from "vitest";
import { checkService } from "#phones/check/testing/check-service";
import { checkForUpdate } from "#phones/check/server/check-for-update";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import type { UpdateState } from "#fleet/devices/model";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { listDevices } from "#phones/inventory/server/list-devices";
import { CX600, aPool, act } from "#firmware/rules/testing/rules";
import { createTestDeviceInput } from "#fleet/test-devices/schema";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";

const VERSIONS = ["", "1.0", "2.0", "3.0"] as const;
const HARDWARE = [
  CX600,
  { ...CX600, brand: "polycom" },
  { ...CX600, model: "CX500" },
  { ...CX600, model: "CX700" },
];

const { flush } = checkService();

/** Phones of every kind in a pool: with each version, as a test device and as an ordinary device. */
function everyPhone(poolFqdn: string): void {
  for (const [kind, hardware] of HARDWARE.entries()) {
    for (const version of VERSIONS) {
      for (const serialNumber of [`T-${kind}-${version}`, `N-${kind}-${version}`]) {
        ask({ poolFqdn, hardware, version, serialNumber });
      }
    }
  }
}

type Phone = {
  readonly poolFqdn: string;
  readonly hardware: typeof CX600;
  readonly version: string;
  readonly serialNumber: string;
};

function ask({ poolFqdn, hardware, version, serialNumber }: Phone): number {
  const context = {
    now: new Date(),
    side: "internal",
    dialect: "json",
    address: "10.0.0.1",
    host: null,
    accountName: null,
    boundMacAddress: null,
    isProbe: false,
  } as const;
  const body = {
    device: { ...hardware, serialNumber: serialNumber.replaceAll(".", "_") },
    modules: [{ updateType: "cpe", fileName: "CPE.nbt", version }],
  };
  const { check } = checkForUpdate({ ...context, poolFqdn }, JSON.stringify(body));
  return check.judged.filter(({ judgement }) => judgement.verdict === "offered").length;
}

test("the list marks a phone as due exactly if a check would offer it something now", async () => {
  const pool = await aPool();
  const { ruleId } = await aStoredUpdate(pool, { version: "1.0" });
  await act("approve", ruleId);
  await aStoredUpdate(pool, { version: "2.0" });
  await aStoredUpdate(pool, { version: "3.0", hardware: { ...CX600, model: "CX500" } });
  for (const kind of HARDWARE.keys()) {
    for (const version of VERSIONS) {
      const identifier = `T-${kind}-${version}`.replaceAll(".", "_");
      const testDevice = {
        siteName: null,
        name: identifier,
        identifierType: "SerialNumber",
        identifier,
      };
      await createTestDevice(aContext(), createTestDeviceInput.parse(testDevice));
    }
  }
  await reloadRules();
  everyPhone(pool.fqdn);
  await flush();

  const { devices, total } = await listDevices(aContext(), EVERY_DEVICE);

  expect(total).toBe(HARDWARE.length * VERSIONS.length * 2);
  const seen = new Set<UpdateState>();
  for (const device of devices) {
    const { hardware, serialNumber, version, state } = device;
    const downloads = ask({
      poolFqdn: pool.fqdn,
      hardware,
      version: version ?? "",
      serialNumber: serialNumber ?? "",
    });
    expect(state === "update_due", `${serialNumber ?? ""} is ${state}`).toBe(downloads > 0);
    expect(device.isTestDevice).toBe(serialNumber?.startsWith("T"));
    seen.add(state);
  }
  expect([...seen].toSorted()).toEqual(["nothing_approved", "unknown", "up_to_date", "update_due"]);
});

test("phones can be filtered by state, and an approval changes it at once", async () => {
  const pool = await aPool();
  const { ruleId } = await aStoredUpdate(pool, { version: "2.0" });
  await reloadRules();
  ask({ poolFqdn: pool.fqdn, hardware: CX600, version: "1.0", serialNumber: "A" });
  await flush();
  const count = async (state: UpdateState): Promise<number> =>
    (await listDevices(aContext(), { ...EVERY_DEVICE, state: [state] })).total;

  expect(await count("nothing_approved")).toBe(1);
  await act("approve", ruleId);

  expect(await count("nothing_approved")).toBe(0);
  expect(await count("update_due")).toBe(1);
});
