import fc from "fast-check";
import { expect, test } from "vitest";
import { checkService } from "#phones/check/testing/check-service";
import { checkForUpdate } from "#phones/check/server/check-for-update";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import type { UpdateState, Verdict } from "#fleet/devices/model";
import { UPDATE_STATES } from "#fleet/devices/model";
import type { Pool } from "#fleet/pools/model";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { createVersionMatch } from "#firmware/rules/server/create-version-match";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { judgeCheck } from "#phones/check/judge-check";
import { currentRuleTable } from "#phones/check/server/rule-table-loader";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { listDevices } from "#phones/inventory/server/list-devices";
import type { ImportedUpdate } from "#firmware/rules/imported-update";
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

const RULE_VERSIONS = ["1.0", "2.0", "3.0"] as const;

const aFleet = fc.record({
  rules: fc.uniqueArray(
    fc.record({
      model: fc.constantFrom("CX600", "CX500"),
      updateType: fc.constantFrom("CPE", "Font"),
      approved: fc.option(fc.constantFrom(...RULE_VERSIONS)),
      pending: fc.option(fc.constantFrom(...RULE_VERSIONS)),
    }),
    { selector: ({ model, updateType }) => `${model} ${updateType}`, maxLength: 4 },
  ),
  damaged: fc.option(fc.constantFrom(...RULE_VERSIONS)),
  matched: fc.boolean(),
  phones: fc.array(
    fc.record({
      model: fc.constantFrom("CX600", "cx600", "CX500", "CX700"),
      cpe: fc.option(fc.constantFrom(...RULE_VERSIONS, "1.0 ", "third")),
      font: fc.option(fc.constantFrom(...RULE_VERSIONS)),
      isTestDevice: fc.boolean(),
      suspended: fc.option(fc.constantFrom(...RULE_VERSIONS)),
      hasKind: fc.boolean(),
    }),
    { minLength: 1, maxLength: 20 },
  ),
});
type Fleet = typeof aFleet extends fc.Arbitrary<infer T> ? T : never;
type FleetPhone = Fleet["phones"][number];

function requestOf({ model, cpe, font }: FleetPhone, index: number) {
  const modules = [
    ["CPE", cpe],
    ["Font", font],
  ] as const;
  return {
    hardware: { ...CX600, model },
    macAddress: null,
    serialNumber: `S${index}`,
    user: null,
    trigger: null,
    installed: modules.flatMap(([updateType, version]) =>
      version === null ? [] : [{ updateType, fileName: "a.nbt", version, timestamp: null }],
    ),
  };
}

async function storeRules(pool: Pool, { rules, ...fleet }: Fleet): Promise<void> {
  for (const { model, updateType, approved, pending } of rules) {
    const image = { hardware: { ...CX600, model }, updateType };
    const approvedRuleId = await storeVersion(pool, { ...image, version: approved }, fleet);
    if (approvedRuleId !== null) {
      await act("approve", approvedRuleId);
    }
    await storeVersion(pool, { ...image, version: pending }, fleet);
  }
}

type Version = Pick<ImportedUpdate, "hardware" | "updateType"> & {
  readonly version: string | null;
};

async function storeVersion(
  pool: Pool,
  { version, ...image }: Version,
  { damaged, matched }: Pick<Fleet, "damaged" | "matched">,
): Promise<string | null> {
  if (version === null) {
    return null;
  }
  const { ruleId, sha256 } = await aStoredUpdate(pool, { version, ...image });
  if (version === damaged) {
    const data = { problem: "damaged", problemSince: new Date() };
    await db.blob.update({ where: { sha256 }, data });
  }
  if (matched && version === "2.0") {
    const match = {
      ruleId,
      packageVersion: null,
      reportedVersion: "third",
      scope: "pool",
    } as const;
    // The declaration exists already if both versions of a rule are this one.
    await createVersionMatch(aContext(), match).catch(() => undefined);
  }
  return ruleId;
}

async function storePhones(pool: Pool, { phones }: Fleet): Promise<void> {
  const records = phones.map((phone, index) => {
    const { hardware, installed, serialNumber } = requestOf(phone, index);
    return aRecord({ poolId: pool.id, hardware, requested: installed, serialNumber });
  });
  await storeChecks(records);
  for (const [index, { isTestDevice, suspended, hasKind }] of phones.entries()) {
    const serialNumber = `S${index}`;
    const { deviceKey } = await db.device.findFirstOrThrow({ where: { serialNumber } });
    if (!hasKind) {
      await db.device.update({ where: { deviceKey }, data: { kindId: null } });
    }
    if (suspended !== null) {
      const offer = { deviceKey, updateType: "cpe", version: suspended };
      await db.suspendedOffer.create({ data: offer });
    }
    if (isTestDevice) {
      const testDevice = { siteName: null, name: serialNumber, identifierType: "SerialNumber" };
      const input = { ...testDevice, identifier: serialNumber };
      await createTestDevice(aContext(), createTestDeviceInput.parse(input));
    }
  }
}

/** The state as the documents define it, from the judgements of a check. */
function expectedState(verdicts: readonly Verdict[]): UpdateState {
  const has = (verdict: Verdict): boolean => verdicts.includes(verdict);
  if (has("offered")) {
    return "update_due";
  }
  if (has("content_unusable")) {
    return "content_unusable";
  }
  if (has("suspended")) {
    return "suspended";
  }
  if (has("already_installed")) {
    return "up_to_date";
  }
  return has("nothing_to_offer") ? "nothing_approved" : "unknown";
}

test("lists and filters of any fleet agree with decideUpdate, for every phone and state", async () => {
  await fc.assert(
    fc.asyncProperty(aFleet, async (fleet) => {
      await emptyTables();
      const pool = await aPool();
      await storeRules(pool, fleet);
      await storePhones(pool, fleet);
      await reloadRules();
      const reference = { poolFqdn: pool.fqdn, host: null };
      const expected = new Map(
        fleet.phones.map((phone, index) => {
          const request = requestOf(phone, index);
          const { judged } = judgeCheck(currentRuleTable(), reference, request);
          return [
            request.serialNumber,
            expectedState(judged.map(({ judgement }) => judgement.verdict)),
          ];
        }),
      );

      const { devices } = await listDevices(aContext(), EVERY_DEVICE);

      const shown = devices.map(({ serialNumber, state }) => [serialNumber, state] as const);
      expect(new Map(shown)).toEqual(expected);
      for (const state of UPDATE_STATES) {
        const found = await listDevices(aContext(), { ...EVERY_DEVICE, state: [state] });
        const serials = [...expected]
          .filter(([, each]) => each === state)
          .map(([serial]) => serial);
        expect(found.devices.map(({ serialNumber }) => serialNumber).toSorted()).toEqual(
          serials.toSorted(),
        );
        expect(found.total).toBe(serials.length);
      }
    }),
    { numRuns: 8, endOnFailure: true },
  );
});
