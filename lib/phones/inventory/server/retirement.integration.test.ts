import { beforeEach, expect, test } from "vitest";
import pg from "pg";
import { setTimeout as pause } from "node:timers/promises";
import type { RetireInput } from "#fleet/devices/retirement";
import { retireInput } from "#fleet/devices/retirement";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { findKnownPhones } from "#fleet/devices/server/find-known-phones";
import { listPhoneEvents } from "#fleet/devices/server/list-phone-events";
import { EVERY_RETIRED } from "#fleet/devices/retired-search-params";
import { listRetiredPhones } from "#fleet/devices/server/list-retired-phones";
import { countContentsOf, listPoolKinds } from "#fleet/devices/server/read-inventory";
import { restorePhones } from "#fleet/devices/server/restore-phones";
import { retirePhones } from "#fleet/devices/server/retire-phones";
import { CX600 } from "#firmware/rules/testing/rules";
import { hardwareKey } from "#foundation/core/hardware";
import { aContext } from "#foundation/core/testing/contexts";
import { bulkConnection } from "#foundation/platform/db/bulk";
import { db } from "#foundation/platform/db/client";
import { databaseUrl } from "#foundation/platform/db/database-url";
import { emptyTables } from "#foundation/platform/testing/database";
import { insertChecks } from "#phones/check-log/server/record-store";
import { listChecksOfDevice } from "#phones/check-log/server/list-checks";
import type { RecordOptions } from "#phones/check-log/testing/records";
import { aRecord, storeChecks, toStaged } from "#phones/check-log/testing/records";
import { findDevice } from "#phones/inventory/server/find-device";
import { listDevices } from "#phones/inventory/server/list-devices";

const MAC = "0004F2000176";
const OTHER = "0004F2000999";
const POOL_ID = "00000000-0000-4000-8000-000000000001";

beforeEach(async () => {
  await emptyTables();
});

function minute(minutes: number): Date {
  return new Date(Date.UTC(2026, 10, 22, 8, minutes));
}

function at(minutes: number) {
  return aContext({ now: minute(minutes) });
}

function check(minutes: number, overrides: RecordOptions = {}) {
  const serialNumber = overrides.macAddress === OTHER ? "B" : "A";
  return aRecord({
    at: minute(minutes),
    macAddress: MAC,
    serialNumber,
    poolId: POOL_ID,
    ...overrides,
  });
}

async function idOf(macAddress: string): Promise<string> {
  const device = await db.device.findFirstOrThrow({ where: { macAddress }, select: { id: true } });
  return device.id;
}

async function retire(minutes: number, input: Partial<RetireInput> = {}) {
  return retirePhones(
    at(minutes),
    retireInput.parse({ deviceIds: [await idOf(MAC)], reason: "replaced", ...input }),
  );
}

async function listed(): Promise<readonly (string | null)[]> {
  const { devices, total } = await listDevices(at(0), EVERY_DEVICE);
  expect(devices).toHaveLength(total);
  return devices.map(({ macAddress }) => macAddress).toSorted();
}

test("a retired phone is in no list, count, kind or search, and keeps its checks, its facts and its reason", async () => {
  await storeChecks([check(0), check(0, { macAddress: OTHER })]);

  expect(await retire(1)).toEqual({ changed: 1, skipped: 0 });

  expect(await listed()).toEqual([OTHER]);
  expect((await listDevices(at(1), { ...EVERY_DEVICE, q: MAC })).total).toBe(0);
  expect((await listDevices(at(1), { ...EVERY_DEVICE, state: ["unknown"] })).total).toBe(1);
  expect(await countContentsOf(at(1), [hardwareKey(CX600)])).toMatchObject([{ phones: 1 }]);
  expect(await findKnownPhones(at(1), { macAddresses: [MAC], serialNumbers: [] })).toEqual([]);
  const id = await idOf(MAC);
  expect(await findDevice(at(1), { id })).toMatchObject({
    lastSeenAt: minute(0),
    retirement: { at: minute(1), by: "anna", reason: "replaced" },
  });
  expect(await listChecksOfDevice(at(1), { deviceId: id, before: null, take: 50 })).toHaveLength(1);
  expect(await listRetiredPhones(at(1), EVERY_RETIRED)).toMatchObject({
    total: 1,
    devices: [{ macAddress: MAC, retirement: { reason: "replaced" } }],
  });
  expect((await listRetiredPhones(at(1), { ...EVERY_RETIRED, q: "999" })).total).toBe(0);
  expect((await listRetiredPhones(at(1), { ...EVERY_RETIRED, q: "cx6" })).total).toBe(1);
});

test("a kind that only retired phones have occurs in no pool", async () => {
  await storeChecks([check(0)]);
  await retire(1);

  expect(await listPoolKinds(at(1))).toEqual([]);
});

test("a retired phone without a kind is not counted either", async () => {
  await storeChecks([check(0)]);
  await db.device.updateMany({ data: { kindId: null } });
  expect(await countContentsOf(at(0), [hardwareKey(CX600)])).toMatchObject([{ phones: 1 }]);

  await retire(1);

  expect(await countContentsOf(at(1), [hardwareKey(CX600)])).toEqual([]);
});

test("the next check lists a retired phone again, with its history", async () => {
  await storeChecks([check(0)]);
  const id = await idOf(MAC);
  await retire(1);

  await storeChecks([check(2), check(3)]);

  expect(await listed()).toEqual([MAC]);
  expect(await findDevice(at(3), { id })).toMatchObject({
    id,
    firstSeenAt: minute(0),
    lastSeenAt: minute(3),
    retirement: null,
  });
  expect(await listPhoneEvents(at(3), { deviceId: id })).toMatchObject([
    { kind: "returned", at: minute(3), actorName: "" },
    { kind: "retired", at: minute(1), actorName: "anna", reason: "replaced" },
  ]);
  expect((await listRetiredPhones(at(3), EVERY_RETIRED)).total).toBe(0);
});

test("a check that was sent before the retirement and is recorded later does not end it", async () => {
  await storeChecks([check(0)]);
  await retire(2);

  await storeChecks([check(1)]);

  expect(await listed()).toEqual([]);
  expect((await findDevice(at(2), { id: await idOf(MAC) }))?.lastSeenAt).toEqual(minute(1));
});

test("a check ends a retirement that lies in the future, because a clock was set back", async () => {
  await storeChecks([check(0)]);
  await retirePhones(
    aContext({ now: new Date("2100-01-01T00:00:00Z") }),
    retireInput.parse({ deviceIds: [await idOf(MAC)] }),
  );

  await storeChecks([check(5)]);

  expect(await listed()).toEqual([MAC]);
});

test("a phone is restored by hand, and only once", async () => {
  await storeChecks([check(0)]);
  const id = await idOf(MAC);
  await retire(1);
  const input = retireInput.parse({ deviceIds: [id], reason: "by mistake" });

  expect(await restorePhones(at(2), input)).toEqual({ changed: 1, skipped: 0 });
  expect(await restorePhones(at(3), input)).toEqual({ changed: 0, skipped: 1 });

  expect(await listed()).toEqual([MAC]);
  expect(await listPhoneEvents(at(3), { deviceId: id })).toMatchObject([
    { kind: "restored", reason: "by mistake" },
    { kind: "retired" },
  ]);
});

test("each of a few phones has an audit entry, and many phones share one", async () => {
  const macs = Array.from({ length: 60 }, (_, index) => `0004F20010${String(index + 10)}`);
  await storeChecks(
    macs.map((macAddress) => check(0, { macAddress, serialNumber: `S${macAddress}` })),
  );
  const ids = (await db.device.findMany({ select: { id: true } })).map(({ id }) => id);

  await retirePhones(at(1), retireInput.parse({ deviceIds: ids.slice(0, 2) }));
  await restorePhones(at(2), retireInput.parse({ deviceIds: ids.slice(0, 2) }));
  await retirePhones(at(3), retireInput.parse({ deviceIds: ids }));

  const entries = await db.auditEntry.findMany({ orderBy: { id: "asc" } });
  expect(entries.map(({ action }) => action)).toEqual([
    "device.retired",
    "device.retired",
    "device.restored",
    "device.restored",
    "device.retired",
  ]);
  expect(entries.at(-1)?.facts).toMatchObject({ phones: 60 });
  expect(await db.deviceEvent.count()).toBe(64);
});

test("only administrators may retire and restore phones", async () => {
  const input = retireInput.parse({ deviceIds: [POOL_ID] });
  for (const role of ["viewer", "operator"] as const) {
    await expect(retirePhones(aContext({ role }), input)).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(restorePhones(aContext({ role }), input)).rejects.toMatchObject({
      code: "forbidden",
    });
  }
});

test("a check that waits for a retirement to commit is recorded and lists the phone again", async () => {
  await storeChecks([check(0)]);
  const id = await idOf(MAC);
  const holder = new pg.Client({ connectionString: databaseUrl() });
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query(`UPDATE "Device" SET "retiredAt" = $1, "retiredBy" = 'anna' WHERE "id" = $2`, [
    minute(1),
    id,
  ]);

  const recording = storeChecks([check(2)]);
  await expect(Promise.race([recording, pause(200, "waits")])).resolves.toBe("waits");
  await holder.query("COMMIT");
  await recording;
  await holder.end();

  expect(await listed()).toEqual([MAC]);
  expect(await listChecksOfDevice(at(2), { deviceId: id, before: null, take: 50 })).toHaveLength(2);
});

test("the row of a serial number keeps its retirement history when a MAC address takes it over", async () => {
  await storeChecks([check(0, { macAddress: null, serialNumber: "ABC-1" })]);
  const old = await db.device.findFirstOrThrow({ select: { id: true } });
  await retirePhones(at(1), retireInput.parse({ deviceIds: [old.id] }));
  await storeChecks([check(2, { serialNumber: null })]);

  await storeChecks([check(3, { serialNumber: "ABC-1" })]);

  expect(await listed()).toEqual([MAC]);
  expect(await listPhoneEvents(at(3), { deviceId: await idOf(MAC) })).toMatchObject([
    { kind: "retired" },
  ]);
});

test("a routine check of a phone that is not retired changes no index of its rows", async () => {
  await storeChecks([check(0)]);
  const connection = bulkConnection();
  const updatedInPlace = ["Device", "ListedDevice"].map(
    (table) => `SELECT WHERE pg_stat_get_xact_tuples_updated('"${table}"'::regclass) = 1
      AND pg_stat_get_xact_tuples_hot_updated('"${table}"'::regclass) = 1`,
  );

  await connection.inTransaction(async (tx) => {
    await insertChecks(tx, toStaged([check(1)]));
    for (const sql of updatedInPlace) {
      expect(await tx.run(sql)).toBe(1);
    }
  });
  await connection.close();
});
