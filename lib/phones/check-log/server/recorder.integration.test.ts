import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { recordCheck, recorderState, startRecorder } from "#phones/check-log/server/recorder";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { DAY_MS } from "#foundation/core/time";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { openDatabaseLine } from "#foundation/platform/testing/database-line";

let line: TcpLine;

beforeAll(async () => {
  line = await openDatabaseLine();
});

afterAll(() => {
  line.close();
});

beforeEach(async () => {
  await emptyTables("Device", "StoredCheck");
});

afterEach(async () => {
  line.mend();
  await recorderState().running?.stop();
});

test("a check creates a phone and an entry in the check log", async () => {
  const recorder = startRecorder();
  recordCheck(
    aRecord({
      macAddress: "0004F2000176",
      outcome: "offered",
      offered: [{ updateType: "CPE", version: "4.0.0.1", channel: "approved" }],
    }),
  );

  expect(await recorder.flush()).toBe(true);

  expect(await db.device.findMany()).toEqual([
    expect.objectContaining({
      deviceKey: "mac:0004f2000176",
      serialNumber: "07823-A345",
      hardwareKey: "ucphone/polycom/cx600/a/enu",
      version: "4.0.0.0",
      offered: [{ updateType: "CPE", version: "4.0.0.1", channel: "approved" }],
      previousVersion: null,
      updatedAt: null,
    }),
  ]);
  expect(await db.deviceCheck.findMany()).toEqual([
    expect.objectContaining({ deviceKey: "mac:0004f2000176", outcome: "offered", trigger: "boot" }),
  ]);
});

test("the last of several checks in one batch describes the phone", async () => {
  const recorder = startRecorder();
  const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 22, 8, minute));
  recordCheck(aRecord({ at: at(1), address: "10.0.0.1" }));
  recordCheck(aRecord({ at: at(2), address: "10.0.0.2", trigger: "signin" }));

  await recorder.flush();

  expect(await db.device.findMany({ select: { address: true, lastSeenAt: true } })).toEqual([
    { address: "10.0.0.2", lastSeenAt: at(2) },
  ]);
  expect(await db.deviceCheck.count()).toBe(2);
});

test("the last check of each phone counts in every batch, for any gaps of earlier batches", async () => {
  const phones = 200;
  for (const hour of [8, 9, 10]) {
    await storeChecks(
      Array.from({ length: 2_000 }, (_, index) =>
        aRecord({
          at: new Date(Date.UTC(2026, 10, 22, hour, 0, 0, index)),
          serialNumber: `S${index % phones}`,
          // Rows of different lengths leave gaps that later rows fill.
          requested: Array.from({ length: 1 + ((index * 7) % 5) }, () => ({
            updateType: "CPE",
            fileName: "CPE.nbt",
            version: String(index),
            timestamp: null,
          })),
        }),
      ),
    );
    const devices = await db.device.findMany({ select: { serialNumber: true, version: true } });
    expect(devices).toHaveLength(phones);
    for (const { serialNumber, version } of devices) {
      expect(version).toBe(String(2_000 - phones + Number(serialNumber?.slice(1))));
    }
  }
});

test("stores the previous version when the reported version changes", async () => {
  const recorder = startRecorder();
  const running = (version: string, hour: number) =>
    aRecord({
      at: new Date(Date.UTC(2026, 10, 22, hour)),
      requested: [{ updateType: "CPE", fileName: "CPE.nbt", version, timestamp: null }],
    });
  for (const record of [running("1.0", 8), running("2.0", 9), running("2.0", 10)]) {
    recordCheck(record);
    await recorder.flush();
  }

  expect(await db.device.findFirst()).toMatchObject({
    version: "2.0",
    previousVersion: "1.0",
    firstSeenAt: new Date("2026-11-22T08:00:00Z"),
    updatedAt: new Date("2026-11-22T09:00:00Z"),
    lastSeenAt: new Date("2026-11-22T10:00:00Z"),
  });
});

test("a delayed check does not overwrite a newer one", async () => {
  const recorder = startRecorder();
  recordCheck(aRecord({ at: new Date("2026-11-22T09:00:00Z"), address: "10.0.0.2" }));
  await recorder.flush();
  recordCheck(aRecord({ at: new Date("2026-11-22T08:00:00Z"), address: "10.0.0.1" }));
  await recorder.flush();

  expect(await db.device.findFirst()).toMatchObject({ address: "10.0.0.2" });
  expect(await db.deviceCheck.count()).toBe(2);
});

test("a check replaces the state that was recorded before the clock was set back", async () => {
  const recorder = startRecorder();
  const now = new Date();
  recordCheck(aRecord({ at: new Date(now.getTime() + DAY_MS), address: "10.0.0.1" }));
  await recorder.flush();
  recordCheck(aRecord({ at: now, address: "10.0.0.2" }));
  await recorder.flush();

  expect(await db.device.findFirst()).toMatchObject({ address: "10.0.0.2", lastSeenAt: now });
  expect(await db.deviceCheck.count()).toBe(2);
});

test("records a check without identifiers, but creates no phone", async () => {
  const recorder = startRecorder();
  recordCheck(aRecord({ serialNumber: null }));
  await recorder.flush();

  expect(await db.device.count()).toBe(0);
  expect(await db.deviceCheck.count()).toBe(1);
});

test("text that PostgreSQL cannot store prevents neither its own check nor others", async () => {
  const recorder = startRecorder();
  recordCheck(aRecord({ serialNumber: "A\0\uD800" }));
  recordCheck(aRecord({ serialNumber: "B" }));

  expect(await recorder.flush()).toBe(true);

  expect(await db.deviceCheck.count()).toBe(2);
});

test("a record that the database refuses does not affect the others", async () => {
  const recorder = startRecorder();
  recordCheck(aRecord({ serialNumber: "A" }));
  recordCheck(aRecord({ serialNumber: "B", poolId: "no uuid" }));
  recordCheck(aRecord({ serialNumber: "C" }));

  expect(await recorder.flush()).toBe(true);

  const stored = await db.deviceCheck.findMany({ orderBy: { id: "asc" } });
  expect(stored.map(({ serialNumber }) => serialNumber)).toEqual(["A", "C"]);
  expect(recorderState().writer?.counts().dropped).toBe(1);
});

test("buffers checks while PostgreSQL is unavailable, and writes them afterwards", async () => {
  const recorder = startRecorder();
  await recorder.flush();
  line.cut();
  recordCheck(aRecord({ serialNumber: "A" }));
  expect(await recorder.flush()).toBe(false);
  recordCheck(aRecord({ serialNumber: "B" }));
  expect(recorderState().writer?.counts()).toMatchObject({ waiting: 2 });

  line.mend();

  await vi.waitFor(
    async () => {
      expect(await recorder.flush()).toBe(true);
    },
    { timeout: 10_000, interval: 100 },
  );
  const stored = await db.deviceCheck.findMany({ orderBy: { id: "asc" } });
  expect(stored.map(({ serialNumber }) => serialNumber)).toEqual(["A", "B"]);
});

test("writes a thousand checks of a thousand phones in one statement", async () => {
  const recorder = startRecorder();
  await recorder.flush();
  for (let index = 0; index < 1_000; index += 1) {
    recordCheck(aRecord({ serialNumber: `S${index}` }));
  }

  await recorder.flush();

  expect(await db.device.count()).toBe(1_000);
  const [written] = await db.$queryRaw<[{ transactions: number }]>`
    SELECT count(DISTINCT "xmin"::text)::int AS "transactions" FROM "Device"`;
  expect(written.transactions).toBe(1);
});
