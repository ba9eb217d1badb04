import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import type { CheckEntry, CheckRecord } from "#phones/check-log/check-row";
import { listChecksOfDevice } from "#phones/check-log/server/list-checks";
import type { Device, DeviceSummary } from "#fleet/devices/model";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { insertChecks } from "#phones/check-log/server/record-store";
import { findDevice } from "#phones/inventory/server/find-device";
import { listDevices } from "#phones/inventory/server/list-devices";
import type { RecordOptions } from "#phones/check-log/testing/records";
import { CX600 } from "#firmware/rules/testing/rules";
import { aRecord, storeChecks, toStaged } from "#phones/check-log/testing/records";
import { bulkConnection } from "#foundation/platform/db/bulk";
import { db } from "#foundation/platform/db/client";
import { databaseUrl } from "#foundation/platform/db/database-url";
import { emptyTables } from "#foundation/platform/testing/database";

const MAC = "0004F2000176";
const OFFER = [{ updateType: "CPE", version: "5.0.0.0", channel: "approved" }] as const;

beforeEach(async () => {
  await emptyTables();
});

function minute(minutes: number): Date {
  return new Date(Date.UTC(2026, 10, 22, 8, minutes));
}

function serialOnly(overrides: RecordOptions = {}): CheckRecord {
  return aRecord({ macAddress: null, serialNumber: "ABC-1", ...overrides });
}

function withMac(overrides: RecordOptions = {}): CheckRecord {
  return aRecord({ macAddress: MAC, serialNumber: "abc-1", ...overrides });
}

function running(version: string): Pick<RecordOptions, "requested"> {
  return { requested: [{ updateType: "CPE", fileName: "CPE.nbt", version, timestamp: null }] };
}

async function devices(): Promise<readonly DeviceSummary[]> {
  return (await listDevices(aContext(), EVERY_DEVICE)).devices;
}

async function onlyDevice(): Promise<Device> {
  const found = await devices();
  expect(found.map(({ macAddress, serialNumber }) => ({ macAddress, serialNumber }))).toHaveLength(
    1,
  );
  return (await findDevice(aContext(), { id: found[0]?.id ?? "" })) ?? expect.unreachable();
}

function checksOf({ id }: Device): Promise<readonly CheckEntry[]> {
  return listChecksOfDevice(aContext(), { deviceId: id, before: null, take: 50 });
}

test("a phone that later sends its MAC address keeps its row, checks, first-seen time and progress", async () => {
  await storeChecks([serialOnly({ at: minute(0), offered: OFFER })]);
  const before = await onlyDevice();

  await storeChecks([withMac({ at: minute(10), ...running("5.0.0.0") })]);

  const after = await onlyDevice();
  expect(after).toMatchObject({
    id: before.id,
    macAddress: MAC,
    firstSeenAt: minute(0),
    lastSeenAt: minute(10),
    previousVersion: "4.0.0.0",
    serialChanges: [],
    conflict: null,
  });
  expect(after.updates).toMatchObject([{ version: "5.0.0.0", state: "running" }]);
  expect((await checksOf(after)).map(({ at }) => at)).toEqual([minute(10), minute(0)]);
});

test.each([
  ["serial number first", [serialOnly({ at: minute(0) }), withMac({ at: minute(1) })]],
  ["MAC address first", [withMac({ at: minute(0) }), serialOnly({ at: minute(1) })]],
  [
    "by turns",
    [
      serialOnly({ at: minute(0) }),
      withMac({ at: minute(1) }),
      serialOnly({ at: minute(2) }),
      withMac({ at: minute(3) }),
    ],
  ],
])(
  "both kinds of checks of one phone result in one row, in one batch and in several: %s",
  async (_, checks) => {
    await storeChecks(checks);
    expect(await checksOf(await onlyDevice())).toHaveLength(checks.length);

    await emptyTables();
    for (const check of checks) {
      await storeChecks([check]);
    }
    expect(await onlyDevice()).toMatchObject({ macAddress: MAC, firstSeenAt: minute(0) });
    expect(await checksOf(await onlyDevice())).toHaveLength(checks.length);
  },
);

test("a phone of another brand with the same serial number has its own row", async () => {
  const hardware = { ...CX600, brand: "Aastra" };
  await storeChecks([serialOnly({ hardware })]);
  await storeChecks([withMac()]);

  expect(await devices()).toHaveLength(2);
});

test("a check without a MAC address is assigned to neither of two phones with its serial number", async () => {
  await storeChecks([withMac(), withMac({ macAddress: "0004F2000999" })]);
  await storeChecks([serialOnly()]);

  const found = await devices();
  expect(found.map(({ macAddress }) => macAddress).toSorted()).toEqual([
    "0004F2000176",
    "0004F2000999",
    null,
  ]);
});

test("the next check merges two rows that an earlier version created for one phone", async () => {
  await storeChecks([serialOnly({ at: minute(0), offered: OFFER })]);
  await storeChecks([withMac({ at: minute(5), serialNumber: null, ...running("4.5.0.0") })]);
  expect(await devices()).toHaveLength(2);

  await storeChecks([withMac({ at: minute(6), offered: OFFER, ...running("4.5.0.0") })]);

  const device = await onlyDevice();
  expect(device).toMatchObject({ macAddress: MAC, firstSeenAt: minute(0) });
  expect(device.updates).toMatchObject([{ offeredAt: minute(0) }]);
  expect(await checksOf(device)).toHaveLength(3);
});

test("merges the rows of two serial numbers that one MAC address reports in one batch", async () => {
  await storeChecks([
    serialOnly({ at: minute(0) }),
    serialOnly({ at: minute(1), serialNumber: "B" }),
  ]);

  await storeChecks([withMac({ at: minute(2) }), withMac({ at: minute(3), serialNumber: "B" })]);

  expect(await onlyDevice()).toMatchObject({ macAddress: MAC, firstSeenAt: minute(0) });
});

test("two processes that write the two kinds of checks of a new phone at once create one row", async () => {
  const first = bulkConnection();
  const second = bulkConnection();
  const encode = (record: CheckRecord) => toStaged([record]);
  let writes: Promise<void> = Promise.resolve();
  await first.inTransaction(async (tx) => {
    await insertChecks(tx, encode(serialOnly({ at: minute(0) })));
    writes = second.inTransaction((other) =>
      insertChecks(other, encode(withMac({ at: minute(1) }))),
    );
    // The second transaction waits until the first one has committed.
    await expect(Promise.race([writes, pause(300, "waits")])).resolves.toBe("waits");
  });
  await writes;
  await Promise.all([first.close(), second.close()]);

  expect(await checksOf(await onlyDevice())).toHaveLength(2);
});

test("a check of a known phone does not block other processes", async () => {
  await storeChecks([withMac({ at: minute(0) })]);
  const holder = new pg.Client({ connectionString: databaseUrl() });
  await holder.connect();
  await holder.query("SELECT pg_advisory_lock(hashtext('device takeover'))");

  await storeChecks([withMac({ at: minute(1) })]);

  await holder.end();
  expect((await onlyDevice()).lastSeenAt).toEqual(minute(1));
});

test("alternating serial numbers under one MAC address are a conflict of two phones, not a fall-back", async () => {
  const turn = (at: Date, serialNumber: string) =>
    serialNumber === "A"
      ? withMac({ at, serialNumber, offered: OFFER })
      : withMac({ at, serialNumber, ...running("5.0.0.0") });
  await storeChecks([turn(minute(0), "A"), turn(minute(1), "B")]);
  expect(await onlyDevice()).toMatchObject({
    conflict: null,
    serialChanges: [{ serialNumber: "A", at: minute(1), channel: "approved" }],
  });

  await storeChecks([turn(minute(2), "A")]);
  await storeChecks([turn(minute(3), "B"), turn(minute(4), "A")]);

  const device = await onlyDevice();
  expect(device).toMatchObject({ serialNumber: "A", conflict: "two_phones" });
  expect(device.serialChanges.map(({ serialNumber }) => serialNumber)).toEqual([
    "B",
    "A",
    "B",
    "A",
  ]);
  expect(device.updates.map(({ state }) => state)).not.toContain("fell_back");
  const fallen = { ...EVERY_DEVICE, progress: ["fell_back"] as const };
  expect((await listDevices(aContext(), fallen)).total).toBe(0);
  const listed = { ...EVERY_DEVICE, progress: [device.progress ?? expect.unreachable()] };
  expect((await listDevices(aContext(), listed)).total).toBe(1);
});

test("the same serial number in another case is not a change", async () => {
  await storeChecks([
    withMac({ at: minute(0) }),
    withMac({ at: minute(1), serialNumber: "ABC-1" }),
  ]);
  await storeChecks([withMac({ at: minute(2) })]);

  expect(await onlyDevice()).toMatchObject({ serialChanges: [], conflict: null });
});

test("keeps only the last eight changes", async () => {
  await storeChecks(
    Array.from({ length: 20 }, (_, index) =>
      withMac({ at: minute(index), serialNumber: `S${String(index)}` }),
    ),
  );

  const { serialChanges } = await onlyDevice();
  expect(serialChanges).toHaveLength(8);
  expect(serialChanges[0]?.serialNumber).toBe("S18");
});

test("the row of a MAC address that identifies no phone does not take over a phone", async () => {
  await storeChecks([withMac({ at: minute(0) })]);
  // A row as an earlier version wrote it.
  await db.device.updateMany({
    data: { macAddress: "000000000000", deviceKey: "mac:000000000000", serialKey: null },
  });

  await storeChecks([serialOnly({ at: minute(1) })]);

  expect((await devices()).map(({ macAddress }) => macAddress)).toEqual([null, "000000000000"]);
});
