import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import type { Device } from "#fleet/devices/model";
import { retirePhones } from "#fleet/devices/server/retire-phones";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { insertLog } from "#phones/device-logs/server/store";
import { findDevice } from "#phones/inventory/server/find-device";
import { listTimeline } from "#phones/timeline/server/list-timeline";

const MAC = "0004F2000176";

beforeEach(async () => {
  await emptyTables();
});

function at(minutes: number): Date {
  return new Date(Date.UTC(2026, 10, 22, 8, minutes));
}

async function requireDevice(): Promise<Device> {
  const { id } = await db.device.findFirstOrThrow({ where: { macAddress: MAC } });
  const device = await findDevice(aContext(), { id });
  if (device === null) {
    throw new Error("the phone is not there");
  }
  return device;
}

async function kinds(device: Device, role: "administrator" | "viewer" = "administrator") {
  const { entries } = await listTimeline(aContext({ role }), device, { before: "" });
  return entries.map(({ kind }) => kind);
}

async function aLog(minutes: number, deviceKey: string | null): Promise<void> {
  await insertLog(db, {
    at: at(minutes),
    deviceKey,
    macAddress: MAC,
    serialNumber: null,
    deviceType: "UCPhone",
    brand: "POLYCOM",
    model: "CX600",
    poolId: null,
    siteId: null,
    side: "internal",
    address: "10.0.0.7",
    userName: null,
    logType: "CELog",
    extension: ".clg",
    fileName: `CELog/${minutes}.clg`,
    givenName: "phone.clg",
    sizeBytes: 100,
  });
}

test("shows checks, restarts, offers, refusals, logs and actions, newest first", async () => {
  const phone = { macAddress: MAC, serialNumber: null };
  await storeChecks([aRecord({ ...phone, at: at(0), trigger: "timer" })]);
  await storeChecks([
    aRecord({ ...phone, at: at(1), trigger: "boot" }),
    aRecord({
      ...phone,
      at: at(2),
      outcome: "offered",
      offered: [{ updateType: "CPE", version: "4.0.0.1", channel: "approved" }],
    }),
    aRecord({ ...phone, at: at(4), outcome: "unauthenticated", refusal: "no credentials" }),
    aRecord({ macAddress: "0004F2000999", serialNumber: null, at: at(5) }),
  ]);
  await aLog(3, `mac:${MAC.toLowerCase()}`);
  await aLog(3.5, "mac:0004f2000999");
  const device = await requireDevice();
  await retirePhones(aContext({ now: at(6) }), { deviceIds: [device.id], reason: "broken" });

  expect(await kinds(device)).toEqual([
    "action",
    "refusal",
    "log",
    "offer",
    "restart",
    "check",
    "first_seen",
  ]);
  // A viewer may not read logs.
  expect(await kinds(device, "viewer")).not.toContain("log");
});

test("shows the steps of a current update between the checks", async () => {
  const phone = { macAddress: MAC, serialNumber: null };
  const offered = [{ updateType: "CPE", version: "4.0.0.1", channel: "approved" }] as const;
  await storeChecks([aRecord({ ...phone, at: at(0), outcome: "offered", offered })]);
  await storeChecks([
    aRecord({
      ...phone,
      at: at(5),
      outcome: "already_installed",
      requested: [{ updateType: "CPE", fileName: "CPE.nbt", version: "4.0.0.1", timestamp: null }],
    }),
  ]);

  const { entries } = await listTimeline(aContext(), await requireDevice(), { before: "" });

  expect(entries).toMatchObject([
    { kind: "restart", at: at(5) },
    { kind: "update", step: "running", version: "4.0.0.1", at: at(5) },
    { kind: "offer", at: at(0) },
    { kind: "first_seen", at: at(0) },
  ]);
});

test("pages through a long history without losing or repeating an entry", async () => {
  const phone = { macAddress: MAC, serialNumber: null };
  await storeChecks([aRecord({ ...phone, at: at(0) })]);
  await storeChecks(
    Array.from({ length: 130 }, (_, index) =>
      aRecord({ ...phone, at: at(1 + Math.floor(index / 3)) }),
    ),
  );
  const device = await requireDevice();

  const seen: string[] = [];
  let before: string | null = "";
  let pages = 0;
  while (before !== null) {
    const page = await listTimeline(aContext(), device, { before });
    seen.push(...page.entries.map(({ id }) => id));
    before = page.nextBefore?.toISOString() ?? null;
    pages += 1;
  }

  expect(pages).toBe(3);
  expect(seen).toHaveLength(132);
  expect(new Set(seen).size).toBe(132);
});
