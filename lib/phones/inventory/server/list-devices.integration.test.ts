import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import type { DeviceSearch } from "#fleet/devices/search-params";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { findDevice } from "#phones/inventory/server/find-device";
import { listDeviceFacets } from "#fleet/devices/server/list-device-facets";
import { listDevices } from "#phones/inventory/server/list-devices";
import { listChecksOfDevice } from "#phones/check-log/server/list-checks";
import type { RecordOptions } from "#phones/check-log/testing/records";
import { CX600 } from "#firmware/rules/testing/rules";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";

beforeEach(async () => {
  await emptyTables();
});

const everything: DeviceSearch = { ...EVERY_DEVICE, sort: "serialNumber", order: "asc" };

async function serials(search: Partial<DeviceSearch> = {}): Promise<readonly (string | null)[]> {
  const { devices } = await listDevices(aContext(), { ...everything, ...search });
  return devices.map(({ serialNumber }) => serialNumber);
}

async function known(...records: readonly RecordOptions[]): Promise<void> {
  await storeChecks(records.map((record) => aRecord(record)));
}

test("finds a phone by part of any identifier, and by its MAC address in any notation", async () => {
  await known(
    { serialNumber: "A-1", macAddress: "0004F2000176", address: "10.0.0.1" },
    {
      serialNumber: "B_2",
      macAddress: "0004F2000999",
      address: "10.0.0.2",
      userName: "CONTOSO\\adamb",
    },
  );

  expect(await serials({ q: "00-04-f2-00-01" })).toEqual(["A-1"]);
  expect(await serials({ q: "00:04:F2" })).toEqual(["A-1", "B_2"]);
  expect(await serials({ q: "0.0.2" })).toEqual(["B_2"]);
  expect(await serials({ q: "contoso\\a" })).toEqual(["B_2"]);
  // Wildcards of the database are ordinary characters in a search.
  expect(await serials({ q: "_" })).toEqual(["B_2"]);
  expect(await serials({ q: "%" })).toEqual([]);
});

test("finds a phone by a text of two characters, also after its identity changed", async () => {
  const phone = { serialNumber: "A-1", macAddress: "0004F2000176" };
  await known(
    { ...phone, address: "10.0.0.8", userName: "CONTOSO\\zoe" },
    {
      serialNumber: "B_2",
      macAddress: "0004F2000999",
      address: "10.0.0.9",
      hardware: { ...CX600, model: "CX3000" },
    },
  );
  expect(await serials({ q: ".8" })).toEqual(["A-1"]);
  expect(await serials({ q: "ZO" })).toEqual(["A-1"]);
  expect(await serials({ q: "9-9" })).toEqual(["B_2"]);
  expect(await serials({ q: "X3" })).toEqual(["B_2"]);

  const later = new Date(aRecord({}).at.getTime() + 60_000);
  await known({ ...phone, at: later, address: "10.0.0.7", userName: "CONTOSO\\amy" });

  expect(await serials({ q: ".8" })).toEqual([]);
  expect(await serials({ q: ".7" })).toEqual(["A-1"]);
  expect(await serials({ q: "zo" })).toEqual([]);
});

test("filters by model, sorts by any column, and neither loses nor repeats a row between pages", async () => {
  await known(
    ...Array.from({ length: 120 }, (_, index) => ({
      serialNumber: `S${String(index).padStart(3, "0")}`,
    })),
    { serialNumber: "X", hardware: { ...CX600, model: "CX500" } },
  );

  expect(await serials({ model: ["CX500"] })).toEqual(["X"]);
  const pages = await Promise.all(
    [1, 2, 3].map((page) => serials({ sort: "model", model: ["CX600"], page })),
  );
  expect(new Set(pages.flat()).size).toBe(120);
  expect(await listDeviceFacets(aContext())).toEqual({
    models: ["CX500", "CX600"],
    pools: [],
    sites: [],
  });
});

test("a script may request larger pages than the panel", async () => {
  await known(
    ...Array.from({ length: 120 }, (_, index) => ({ serialNumber: `S${index}`, macAddress: null })),
  );

  const { devices, total } = await listDevices(aContext(), everything, { size: 100 });
  const rest = await listDevices(aContext(), { ...everything, page: 2 }, { size: 100 });

  expect(total).toBe(120);
  expect([devices.length, rest.devices.length]).toEqual([100, 20]);
});

test("a page beyond the end shows the last page", async () => {
  await known({ serialNumber: "A" });

  expect(await listDevices(aContext(), { ...everything, page: 9 })).toMatchObject({
    page: 1,
    total: 1,
  });
  expect((await listDevices(aContext(), { ...everything, q: "no-match" })).devices).toEqual([]);
});

test("returns the versions, offers and judgements of a phone, and its checks, newest first", async () => {
  await known(
    { serialNumber: "A", at: new Date("2026-11-22T08:00:00Z"), trigger: null },
    {
      serialNumber: "A",
      at: new Date("2026-11-22T09:00:00Z"),
      outcome: "already_installed",
      judgements: [
        {
          ruleId: "r",
          updateType: "CPE",
          verdict: "already_installed",
          channel: "approved",
          version: "1.0",
        },
      ],
    },
  );
  const { id } = await db.device.findFirstOrThrow();

  const device = await findDevice(aContext(), { id });

  expect(device).toMatchObject({
    serialNumber: "A",
    installed: [{ updateType: "CPE", fileName: "CPE.nbt", version: "4.0.0.0", timestamp: null }],
    outcome: "already_installed",
    judgements: [{ verdict: "already_installed", version: "1.0" }],
  });
  expect(
    await listChecksOfDevice(aContext(), { deviceId: id, before: null, take: 50 }),
  ).toMatchObject([
    { at: new Date("2026-11-22T09:00:00Z"), trigger: "boot" },
    { at: new Date("2026-11-22T08:00:00Z"), trigger: null },
  ]);
});

test.each(["00000000-0000-4000-8000-000000000000", "no id at all"])(
  "returns null for the unknown id %s",
  async (id) => {
    expect(await findDevice(aContext(), { id })).toBeNull();
  },
);
