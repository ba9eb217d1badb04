import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import type { DeviceSearch } from "#fleet/devices/search-params";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { assignMissingKinds, collectKinds } from "#fleet/devices/server/keep-kinds";
import { listDeviceFacets } from "#fleet/devices/server/list-device-facets";
import { CX600, aPool } from "#firmware/rules/testing/rules";
import type { RecordOptions } from "#phones/check-log/testing/records";
import { collectDictionaries } from "#phones/check-log/server/collect-dictionaries";
import { insertChecks } from "#phones/check-log/server/record-store";
import { aRecord, storeChecks, toStaged } from "#phones/check-log/testing/records";
import { aStoredUpdate } from "#phones/check/testing/stored-update";
import { listDevices } from "#phones/inventory/server/list-devices";
import { bulkConnection } from "#foundation/platform/db/bulk";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { testEnvironment } from "#foundation/platform/testing/environment";

/** `NEW_KINDS_PER_HOUR` of one address inside the firewall. */
const MAX_NEW_KINDS = 200;

testEnvironment({});

beforeEach(async () => {
  await emptyTables();
});

async function record(...phones: readonly RecordOptions[]): Promise<void> {
  await storeChecks(phones.map((phone) => aRecord(phone)));
}

function running(version: string): RecordOptions {
  return { requested: [{ updateType: "CPE", fileName: "CPE.nbt", version, timestamp: null }] };
}

async function serials(search: Partial<DeviceSearch>): Promise<readonly (string | null)[]> {
  const all = { ...EVERY_DEVICE, sort: "serialNumber", order: "asc" } as const;
  const { devices } = await listDevices(aContext(), { ...all, ...search });
  return devices.map(({ serialNumber }) => serialNumber);
}

async function kindIds(): Promise<readonly (number | null)[]> {
  const rows = await db.device.findMany({ orderBy: { serialNumber: "asc" } });
  return rows.map(({ kindId }) => kindId);
}

test("phones share a kind exactly if they report the same, in the same spelling", async () => {
  await record({ serialNumber: "A" }, { serialNumber: "B" });
  await record(
    { serialNumber: "C" },
    { serialNumber: "D", hardware: { ...CX600, brand: "Polycom" } },
    { serialNumber: "E", ...running("5.0") },
    { serialNumber: "F", shown: { updateType: "font", version: "4.0.0.0" } },
  );

  const [a, b, c, ...others] = await kindIds();
  expect([b, c]).toEqual([a, a]);
  expect(new Set([a, ...others]).size).toBe(4);
  expect(await db.phoneKind.count()).toBe(4);
});

test("a phone that reports something else has another kind", async () => {
  await record({ serialNumber: "A" });
  const before = await kindIds();

  await record({ serialNumber: "A", at: new Date("2026-11-22T09:00:00Z"), ...running("5.0") });

  expect(await kindIds()).not.toEqual(before);
});

test("phones that invent models fill neither the dictionary nor the filters, and are found", async () => {
  const invented = Array.from({ length: MAX_NEW_KINDS + 50 }, (_, index) => ({
    serialNumber: `S${String(index).padStart(4, "0")}`,
    hardware: { ...CX600, model: `M${index}` },
  }));
  await record(...invented);
  await record({ serialNumber: "T1", hardware: { ...CX600, model: "M0" } });
  await record({ serialNumber: "T2", hardware: { ...CX600, model: "late" }, address: "10.0.0.8" });

  expect(await db.device.count()).toBe(invented.length + 2);
  expect(await db.phoneKind.count()).toBe(MAX_NEW_KINDS + 1);
  const last = invented.at(-1);
  expect(await serials({ q: last?.hardware.model ?? "" })).toEqual([last?.serialNumber]);
  expect(await serials({ model: ["m249"] })).toEqual(["S0249"]);
  expect(await serials({ model: ["M0"] })).toEqual(["S0000", "T1"]);
  const { total } = await listDevices(aContext(), { ...EVERY_DEVICE, state: ["unknown"] });
  expect(total).toBe(invented.length + 2);
  const byModel = await listDevices(aContext(), {
    ...EVERY_DEVICE,
    sort: "model",
    order: "desc",
  });
  expect(byModel.devices.slice(0, 3).map(({ hardware }) => hardware.model)).toEqual([
    "M99",
    "M98",
    "M97",
  ]);
  const { models } = await listDeviceFacets(aContext());
  expect(models.length).toBeLessThanOrEqual(MAX_NEW_KINDS + 1);
});

test("the job gives kinds to the phones of an earlier version, and refuses what is beyond the limits", async () => {
  await record(
    { serialNumber: "A" },
    { serialNumber: "B" },
    { serialNumber: "C", ...running("5.0") },
  );
  const before = await kindIds();
  await db.device.updateMany({ data: { kindId: null } });
  await db.verdict.deleteMany();
  await db.phoneKind.deleteMany();

  await assignMissingKinds();

  const [a, b, c] = await kindIds();
  expect([a, c]).not.toContain(null);
  expect(a).toBe(b);
  expect(c).not.toBe(a);
  expect(before).toHaveLength(3);

  const invented = Array.from({ length: MAX_NEW_KINDS + 5 }, (_, index) => ({
    serialNumber: `S${index}`,
    hardware: { ...CX600, model: `M${index}` },
  }));
  await record(...invented);
  await assignMissingKinds();
  // The two kinds above were added twice.
  expect(await db.phoneKind.count()).toBe(2 + MAX_NEW_KINDS - 4);
});

test("a phone without a kind is judged like the others", async () => {
  const pool = await aPool();
  await aStoredUpdate(pool, { version: "2.0" });
  await record(
    { serialNumber: "A", poolId: pool.id },
    { serialNumber: "B", poolId: pool.id, hardware: { ...CX600, model: "CX1" } },
    { serialNumber: "C", poolId: null },
    { serialNumber: "D", poolId: pool.id, ...running("5.0") },
  );
  const before = [
    await serials({ state: ["nothing_approved"] }),
    await serials({ state: ["unknown"] }),
  ];
  expect(before).toEqual([
    ["A", "D"],
    ["B", "C"],
  ]);

  await db.device.updateMany({ data: { kindId: null } });

  expect([
    await serials({ state: ["nothing_approved"] }),
    await serials({ state: ["unknown"] }),
  ]).toEqual(before);
});

test("the previous version of the program leaves no outdated kind behind", async () => {
  await record({ serialNumber: "A" }, { serialNumber: "B" });

  await db.device.updateMany({
    where: { serialNumber: "A" },
    data: { version: "9", address: "x" },
  });
  await db.device.updateMany({ where: { serialNumber: "B" }, data: { address: "x" } });

  const [a, b] = await kindIds();
  expect(a).toBeNull();
  expect(b).not.toBeNull();
});

test("a kind to which neither a phone nor a check refers is deleted after a day", async () => {
  await record({ serialNumber: "A" }, { serialNumber: "B", ...running("5.0") });
  await db.device.deleteMany({ where: { serialNumber: "B" } });
  await db.phoneKind.updateMany({ data: { createdAt: new Date(Date.now() - 25 * 3_600_000) } });
  await collectKinds();
  expect(await db.phoneKind.count()).toBe(2);

  await db.storedCheck.deleteMany();
  await collectDictionaries();
  await collectKinds();

  expect(await db.phoneKind.findMany({ select: { version: true } })).toEqual([
    { version: "4.0.0.0" },
  ]);
});

/** Records checks as a further process does; returns how many rows of the inventory were changed in place. */
async function recordElsewhere(phones: readonly RecordOptions[]): Promise<number> {
  const connection = bulkConnection();
  let inPlace = 0;
  const checks = toStaged(phones.map((phone) => aRecord(phone)));
  await connection.inTransaction(async (tx) => {
    await insertChecks(tx, checks);
    inPlace = await tx.run(`SELECT FROM generate_series(
      1, pg_stat_get_xact_tuples_hot_updated('"Device"'::regclass)
    )`);
  });
  await connection.close();
  return inPlace;
}

test("two processes that record a new kind at once store it once", async () => {
  await Promise.all([
    record({ serialNumber: "A" }, { serialNumber: "B", ...running("5.0") }),
    recordElsewhere([{ serialNumber: "X", ...running("5.0") }, { serialNumber: "Y" }]),
  ]);

  expect(await db.phoneKind.count()).toBe(2);
  expect(await kindIds()).not.toContain(null);
});

test("a check that changes nothing but its time touches no index", async () => {
  const phones = Array.from({ length: 10 }, (_, index) => ({ serialNumber: `S${index}` }));
  // Without the rows of other tests, there is room beside each row for its next version.
  await db.$executeRaw`TRUNCATE "Device" CASCADE`;
  await record(...phones);

  const at = new Date("2026-11-22T09:00:00Z");
  expect(await recordElsewhere(phones.map((phone) => ({ ...phone, at })))).toBe(phones.length);
});
