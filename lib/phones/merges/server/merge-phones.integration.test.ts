import pg from "pg";
import { beforeEach, expect, test } from "vitest";
import { retireInput } from "#fleet/devices/retirement";
import { countConflicts } from "#fleet/devices/server/count-conflicts";
import {
  findConflicts,
  listGhosts,
  listNetworkArrivals,
} from "#fleet/devices/server/find-doubtful-phones";
import { listPhoneEvents } from "#fleet/devices/server/list-phone-events";
import { retirePhones } from "#fleet/devices/server/retire-phones";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";
import { CX600 } from "#firmware/rules/testing/rules";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { databaseUrl } from "#foundation/platform/db/database-url";
import { emptyTables } from "#foundation/platform/testing/database";
import { testEnvironment } from "#foundation/platform/testing/environment";
import { listChecksOfDevice } from "#phones/check-log/server/list-checks";
import type { RecordOptions } from "#phones/check-log/testing/records";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { findDevice } from "#phones/inventory/server/find-device";
import { mergeInput } from "#phones/merges/schema";
import { mergePhones, previewMerge } from "#phones/merges/server/merge-phones";
import { startPhoneJobInput } from "#phones/phone-jobs/schema";
import { startPhoneJob } from "#phones/phone-jobs/server/start-phone-job";

testEnvironment({});

const OLD = "0004F2000001";
const NEW = "0004F2000002";
const context = aContext({ now: new Date("2026-11-22T12:00:00Z") });
const OFFER = [{ updateType: "CPE", version: "5.0.0.0", channel: "approved" }] as const;

beforeEach(async () => {
  await emptyTables();
});

function minute(minutes: number): Date {
  return new Date(Date.UTC(2026, 10, 22, 8, minutes));
}

function check(minutes: number, overrides: RecordOptions = {}) {
  return aRecord({ at: minute(minutes), macAddress: OLD, serialNumber: "A-1", ...overrides });
}

async function idOf(macAddress: string | null): Promise<string> {
  const device = await db.device.findFirstOrThrow({ where: { macAddress }, select: { id: true } });
  return device.id;
}

/** A phone whose MAC address changed in a repair. */
async function repairedPhone(): Promise<[string, string]> {
  await storeChecks([check(0, { offered: OFFER })]);
  await storeChecks([check(1, { userName: "anna" })]);
  await storeChecks([check(10, { macAddress: NEW })]);
  return [await idOf(OLD), await idOf(NEW)];
}

async function merge(deviceIds: [string, string], keptId = deviceIds[1]) {
  return mergePhones(context, mergeInput.parse({ deviceIds, keptId, reason: "repaired" }));
}

test("merges a phone whose MAC address changed: checks, logs, first day, user and history go over", async () => {
  const [oldId, newId] = await repairedPhone();
  await db.deviceLog.create({ data: { ...aLog(), deviceKey: `mac:${OLD.toLowerCase()}` } });
  const retired = retireInput.parse({ deviceIds: [oldId], reason: "broken" });
  await retirePhones(aContext({ now: minute(5) }), retired);

  expect(await previewMerge(context, { deviceIds: [oldId, newId] })).toMatchObject({
    kept: { id: newId },
    merged: { id: oldId },
    obstacle: null,
    moved: { senders: 2, logs: 1, testDevices: 0 },
  });
  expect(await merge([oldId, newId])).toEqual({
    keptId: newId,
    moved: { senders: 2, logs: 1, testDevices: 0 },
  });

  expect(await findDevice(context, { id: oldId })).toBeNull();
  expect(await findDevice(context, { id: newId })).toMatchObject({
    macAddress: NEW,
    firstSeenAt: minute(0),
    lastSeenAt: minute(10),
    userName: "anna",
    retirement: null,
  });
  const checks = await listChecksOfDevice(context, { deviceId: newId, before: null, take: 50 });
  expect(checks.map(({ at }) => at)).toEqual([minute(10), minute(1), minute(0)]);
  expect(await db.deviceLog.count({ where: { deviceKey: `mac:${NEW.toLowerCase()}` } })).toBe(1);
  expect(await listPhoneEvents(context, { deviceId: newId })).toMatchObject([
    {
      kind: "merged",
      actorName: "anna",
      reason: "repaired",
      mergedFrom: "CX600 00-04-F2-00-00-01",
    },
    { kind: "retired", reason: "broken" },
  ]);
  expect(await db.auditEntry.findFirst({ where: { action: "device.merged" } })).toMatchObject({
    subjectId: newId,
    facts: { mergedFrom: "CX600 00-04-F2-00-00-01", logs: 1 },
    reason: "repaired",
  });
});

test("test devices and suspended offers go over, and a second registration of one phone is removed", async () => {
  const ids = await repairedPhone();
  await db.device.update({
    where: { id: ids[0] },
    data: {
      progress: {
        cpe: {
          updateType: "CPE",
          version: "5.0.0.0",
          offeredAt: 1,
          otherVersion: "9",
          attempts: 3,
        },
      },
    },
  });
  const register = (name: string, identifier: string) =>
    createTestDevice(context, { siteName: null, name, identifierType: "MACAddress", identifier });
  await register("Lobby", OLD);

  expect((await merge(ids)).moved.testDevices).toBe(1);

  expect(await db.testDevice.findMany()).toMatchObject([{ name: "Lobby", identifier: NEW }]);
  expect(await db.suspendedOffer.findMany()).toMatchObject([
    { deviceKey: `mac:${NEW.toLowerCase()}`, version: "5.0.0.0" },
  ]);
});

test("a phone under way in a roll-out stays in it, and is not in it twice", async () => {
  const ids = await repairedPhone();
  const rollOutIds = [crypto.randomUUID(), crypto.randomUUID()];
  const rows = [
    { rollOutId: rollOutIds[0], deviceId: ids[0] },
    { rollOutId: rollOutIds[1], deviceId: ids[0] },
    { rollOutId: rollOutIds[1], deviceId: ids[1] },
  ];
  await db.$transaction([
    db.$executeRaw`SET LOCAL session_replication_role = replica`,
    db.$executeRaw`INSERT INTO "RollOutPhone" ("rollOutId", "deviceId")
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS phone ("rollOutId" uuid, "deviceId" uuid)`,
  ]);

  await merge(ids);

  const moved = await db.rollOutPhone.findMany({ where: { deviceId: ids[1] } });
  expect(moved.map(({ rollOutId }) => rollOutId).toSorted()).toEqual(rollOutIds.toSorted());
});

test("refuses phones of two models, and two MAC addresses that check at the same time", async () => {
  await storeChecks([check(0)]);
  await storeChecks([check(5, { macAddress: NEW }), check(9)]);
  const ids: [string, string] = [await idOf(OLD), await idOf(NEW)];
  await expect(merge(ids, ids[0])).rejects.toMatchObject({
    code: "invalid_state",
    reason: { code: "both_check" },
  });

  await storeChecks([check(20, { macAddress: NEW, hardware: { ...CX600, model: "CX500" } })]);
  await expect(merge(ids)).rejects.toMatchObject({ reason: { code: "other_model" } });
  expect(await db.device.count()).toBe(2);
});

test("refuses if another row would stay than the previewed one, and a row that is gone", async () => {
  const [oldId, newId] = await repairedPhone();

  await expect(merge([oldId, newId], oldId)).rejects.toMatchObject({ code: "conflict" });
  await merge([oldId, newId]);
  await expect(merge([oldId, newId])).rejects.toMatchObject({ code: "not_found" });
  await expect(
    mergePhones(
      aContext({ role: "operator" }),
      mergeInput.parse({ deviceIds: [oldId, newId], keptId: newId }),
    ),
  ).rejects.toMatchObject({ code: "forbidden" });
});

test("a check of the merged row that waits for the merge is recorded and loses nothing", async () => {
  const ids = await repairedPhone();
  const holder = new pg.Client({ connectionString: databaseUrl() });
  await holder.connect();
  await holder.query("BEGIN");
  await holder.query(`SELECT FROM "Device" WHERE "id" = $1 FOR UPDATE`, [ids[1]]);
  const waiting = async () => {
    const { rows } = await holder.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return rows.length;
  };
  const merging = merge(ids);
  // The merge holds the row of the old address and waits for the other one.
  await expect.poll(waiting).toBe(1);
  const recording = storeChecks([check(2)]);
  await expect.poll(waiting).toBe(2);
  await holder.query("COMMIT");
  await Promise.all([merging, recording]);
  await holder.end();

  expect(await db.storedCheck.count()).toBe(4);
  expect(await db.device.count()).toBe(2);
  expect(
    (await listChecksOfDevice(context, { deviceId: ids[1], before: null, take: 50 })).length,
  ).toBeGreaterThan(2);
});

test("a row without a MAC address is merged into the one with it, whose checks it then gets", async () => {
  await storeChecks([check(0), check(0, { macAddress: NEW })]);
  await storeChecks([check(9, { macAddress: null })]);
  const ids: [string, string] = [await idOf(null), await idOf(NEW)];
  await db.device.delete({ where: { id: await idOf(OLD) } });

  await merge(ids);
  await storeChecks([check(10, { macAddress: null })]);

  expect(await db.device.findMany()).toMatchObject([{ macAddress: NEW, lastSeenAt: minute(10) }]);
});

/** A request that many seconds after the first one of the process could be. */
function later(seconds: number) {
  return aContext({ now: new Date(Date.UTC(2030, 0, 1, 0, 0, seconds)) });
}

test("finds two phones under one MAC address, and serial numbers with several rows, except retired ones", async () => {
  const [oldId] = await repairedPhone();
  const turns = ["B-1", "B-2", "B-1"].map((serialNumber, index) =>
    check(index, { macAddress: "0004F2000009", serialNumber }),
  );
  await storeChecks(turns);

  const found = await findConflicts(context);
  expect(found.sharedAddresses).toMatchObject([{ macAddress: "0004F2000009" }]);
  expect(found.sharedSerials).toMatchObject([
    { rows: 2, phones: [{ macAddress: NEW }, { macAddress: OLD }] },
  ]);

  expect(await countConflicts(later(0))).toBe(2);

  await retirePhones(context, retireInput.parse({ deviceIds: [oldId] }));
  expect((await findConflicts(context)).sharedSerials).toEqual([]);
  // All pages share one count, which is at most 30 seconds old.
  expect(await countConflicts(later(29))).toBe(2);
  expect(await countConflicts(later(31))).toBe(1);
});

test("finds ghosts and the networks that new phones came from, and retires them", async () => {
  const now = new Date();
  const later = aContext({ now: new Date(now.getTime() + 10 * 24 * 60 * 60 * 1000) });
  await storeChecks(
    ["G1", "G2", "H1"].map((serialNumber) =>
      aRecord({
        serialNumber,
        at: now,
        address: serialNumber === "H1" ? "2001:db8::7" : "10.9.0.1",
      }),
    ),
  );
  const networks = await listNetworkArrivals(aContext({ now: new Date() }), 1);
  expect(networks).toMatchObject([
    { network: "10.9.0.1", counts: { phone_added: 2, phone_left_out: 0 }, brief: 2 },
    { network: "2001:db8::/64", counts: { phone_added: 1 }, brief: 1 },
  ]);
  expect((await listGhosts(aContext({ now }), { page: 1 })).total).toBe(0);
  expect((await listGhosts(later, { page: 1 })).total).toBe(3);

  const from = { side: "internal", network: "10.9.0.1", hours: 1 } as const;
  const job = startPhoneJobInput.parse({ kind: "retire_arrivals", arrivals: from, seenCount: 2 });
  expect(await startPhoneJob(aContext({ now: new Date() }), job)).toMatchObject({ changed: 2 });
  const rest = startPhoneJobInput.parse({ kind: "retire_ghosts", seenCount: 1 });
  expect(await startPhoneJob(later, rest)).toMatchObject({ state: "done", changed: 1 });
  expect((await listGhosts(later, { page: 1 })).total).toBe(0);
});

function aLog() {
  return {
    at: minute(1),
    macAddress: OLD,
    serialNumber: "A-1",
    deviceType: "UCPhone",
    brand: "POLYCOM",
    model: "CX600",
    side: "internal",
    address: "10.0.0.7",
    logType: "CELog",
    extension: "clg",
    fileName: "one.clg",
    givenName: "one.clg",
    sizeBytes: 1n,
  };
}
