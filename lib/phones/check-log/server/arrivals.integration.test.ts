import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import { findArrivals } from "#fleet/devices/server/find-arrivals";
import { forgetPhones } from "#fleet/devices/server/forget-phones";
import { lastArrivals, watchArrivals } from "#fleet/devices/server/arrival-watch";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { testEnvironment } from "#foundation/platform/testing/environment";

testEnvironment({
  MAX_NEW_PHONES_PER_HOUR: "6",
  MAX_NEW_PHONES_PER_ADDRESS_PER_HOUR: "4",
  EXTERNAL_MAX_NEW_PHONES_PER_HOUR: "3",
  EXTERNAL_MAX_NEW_PHONES_PER_ADDRESS_PER_HOUR: "2",
  NEW_PHONES_ALARM_PER_HOUR: "5",
  FORGET_BRIEF_PHONES_AFTER_DAYS: "14",
});

const DAY_MS = 24 * 60 * 60 * 1000;

beforeEach(async () => {
  await emptyTables();
});

type Phones = {
  readonly count: number;
  readonly prefix: string;
  readonly address?: string;
  readonly side?: "internal" | "external";
};

function phones({ count, prefix, address = "10.0.0.1", side = "internal" }: Phones) {
  return Array.from({ length: count }, (_, index) =>
    aRecord({ serialNumber: `${prefix}${index}`, address, side }),
  );
}

test("limits the phones that an address adds per hour; its other checks are recorded", async () => {
  await storeChecks(phones({ count: 10, prefix: "A" }));

  expect(await db.device.count()).toBe(4);
  expect(await db.deviceCheck.count()).toBe(10);
  expect(await db.deviceCheck.count({ where: { deviceKey: null } })).toBe(6);
});

test("the hourly limit spans batches, and each address has its own limit", async () => {
  await storeChecks(phones({ count: 3, prefix: "A" }));
  await storeChecks(phones({ count: 3, prefix: "B" }));
  expect(await db.device.count()).toBe(4);

  await storeChecks(phones({ count: 1, prefix: "C", address: "10.0.0.2" }));

  expect(await db.device.count()).toBe(5);
});

test("each side has its own limits, per address and in total", async () => {
  for (const [index, prefix] of ["A", "B", "C", "D"].entries()) {
    await storeChecks(phones({ count: 1, prefix, address: `10.0.0.${index}`, side: "external" }));
  }
  expect(await db.device.count()).toBe(3);

  await storeChecks(phones({ count: 4, prefix: "E" }));

  expect(await db.device.count()).toBe(7);
});

test("addresses of one IPv6 network count as one", async () => {
  for (const [index, prefix] of ["A", "B", "C", "D", "E"].entries()) {
    await storeChecks(phones({ count: 1, prefix, address: `2001:db8:1:2::${index}` }));
  }

  expect(await db.device.count()).toBe(4);
});

test("a known phone is updated, even if a batch contains many new phones", async () => {
  await storeChecks(phones({ count: 1, prefix: "known" }));
  await storeChecks(phones({ count: 20, prefix: "A" }));
  await storeChecks([aRecord({ serialNumber: "known0", address: "10.0.0.9" })]);

  expect(
    await db.device.findFirst({ where: { serialNumber: "known0" }, select: { address: true } }),
  ).toEqual({ address: "10.0.0.9" });
});

test("reports how many phones were added, how many were left out, and their networks", async () => {
  await storeChecks(phones({ count: 10, prefix: "A" }));
  await storeChecks(phones({ count: 1, prefix: "B", address: "10.0.0.2" }));

  expect(await findArrivals(aContext())).toEqual({
    added: 5,
    leftOut: 6,
    refusals: 0,
    phoneNetworks: [
      { network: "10.0.0.1", side: "internal", count: 10 },
      { network: "10.0.0.2", side: "internal", count: 1 },
    ],
    refusalNetworks: [],
    isAlarm: true,
  });
  await watchArrivals(new Date());
  expect(lastArrivals()).toMatchObject({ added: 5, leftOut: 6 });
});

test("beyond the limit of a side, networks are not counted separately", async () => {
  for (let index = 0; index < 20; index += 1) {
    await storeChecks(phones({ count: 1, prefix: `P${index}`, address: `10.0.1.${index}` }));
  }

  expect(await db.device.count()).toBe(6);
  const where = { kind: "phone_left_out" } as const;
  // A row for each ten minutes, and two if they end during the test.
  expect(await db.arrivalCount.groupBy({ by: ["side", "network"], where })).toHaveLength(1);
});

test("removes only phones whose checks all lie within one hour, after some days", async () => {
  const now = new Date();
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const seen = (serialNumber: string, at: Date) => aRecord({ serialNumber, at });
  await storeChecks([seen("invented", ago(20)), seen("real", ago(20)), seen("test", ago(20))]);
  await storeChecks([seen("real", ago(19)), seen("new", ago(3))]);
  await db.testDevice.create({
    data: {
      name: "test",
      scopeKey: "global/test",
      identifierType: "serial_number",
      identifier: "test",
      createdAt: now,
      createdBy: "admin",
    },
  });

  expect(await forgetPhones(now)).toBe(1);

  const left = await db.device.findMany({ orderBy: { serialNumber: "asc" } });
  expect(left.map(({ serialNumber }) => serialNumber)).toEqual(["new", "real", "test"]);
});
