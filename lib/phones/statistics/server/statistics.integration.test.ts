import { beforeEach, expect, test } from "vitest";
import { CX600, aPool, act } from "#firmware/rules/testing/rules";
import { PHONE_FIGURES } from "#fleet/devices/model";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { createTestDeviceInput } from "#fleet/test-devices/schema";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";
import { aContext } from "#foundation/core/testing/contexts";
import { DAY_MS, HOUR_MS } from "#foundation/core/time";
import { TRANSACTION_LOCKS } from "#foundation/platform/db/advisory-locks";
import { db, inTransaction } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { EVERY_CHECK } from "#phones/check-log/search-params";
import { listChecks } from "#phones/check-log/server/list-checks";
import { checkForUpdate } from "#phones/check/server/check-for-update";
import { checkService } from "#phones/check/testing/check-service";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { listDevices } from "#phones/inventory/server/list-devices";
import { startOfHour, startOfMinute } from "#phones/statistics/ranges";
import { findStatistics } from "#phones/statistics/server/find-statistics";
import { sampleFleet } from "#phones/statistics/server/sample-fleet";
import { deleteOldStatistics } from "#phones/statistics/server/statistics-store";

const AT_ONCE = { minAgeMs: 0 } as const;

const { flush } = checkService();

beforeEach(async () => {
  await emptyTables();
});

type AskingPhone = {
  readonly poolFqdn: string;
  readonly hardware?: typeof CX600;
  readonly version: string;
  readonly serialNumber: string;
  readonly now?: Date;
};

function ask({ poolFqdn, hardware = CX600, version, serialNumber, now = new Date() }: AskingPhone) {
  const context = {
    now,
    side: "internal",
    dialect: "json",
    address: "10.0.0.1",
    host: null,
    accountName: null,
    boundMacAddress: null,
    isProbe: false,
  } as const;
  const body = {
    device: { ...hardware, serialNumber },
    modules: [{ updateType: "cpe", fileName: "CPE.nbt", version }],
  };
  checkForUpdate({ ...context, poolFqdn }, JSON.stringify(body));
}

/** A fleet with phones behind every figure that a check can lead to. */
async function aFleet(): Promise<void> {
  const pool = await aPool();
  const poolFqdn = pool.fqdn;
  const { ruleId } = await aStoredUpdate(pool, { version: "1.0" });
  await act("approve", ruleId);
  await aStoredUpdate(pool, { version: "2.0" });
  await aStoredUpdate(pool, { version: "3.0", hardware: { ...CX600, model: "CX500" } });
  const testDevice = { siteName: null, name: "T", identifierType: "SerialNumber", identifier: "T" };
  await createTestDevice(aContext(), createTestDeviceInput.parse(testDevice));
  await reloadRules();
  const longAgo = new Date(Date.now() - 10 * DAY_MS);
  for (const serialNumber of ["T", "A", "B", "C"]) {
    ask({ poolFqdn, version: "1.0", serialNumber });
  }
  ask({ poolFqdn, version: "0.9", serialNumber: "D" });
  ask({ poolFqdn, version: "2.0", serialNumber: "E" });
  ask({ poolFqdn, version: "0.9", serialNumber: "offered", now: longAgo });
  ask({ poolFqdn, version: "1.0", serialNumber: "silent", now: longAgo });
  ask({ poolFqdn, version: "3.0", serialNumber: "F", hardware: { ...CX600, model: "CX500" } });
  ask({ poolFqdn, version: "7.0", serialNumber: "G", hardware: { ...CX600, model: "CX700" } });
  ask({ poolFqdn, version: "0.9", serialNumber: "kindless" });
  await flush();
  await db.device.updateMany({ where: { serialNumber: "kindless" }, data: { kindId: null } });
}

test("every figure is the number of phones that its list has, as a whole and by model and version", async () => {
  await aFleet();

  expect(await sampleFleet(aContext({ now: new Date() }), AT_ONCE)).toBe(true);
  const now = new Date();
  const { figures, kinds, phones, samples } = await findStatistics(aContext({ now }), {
    range: "hour",
  });

  const counted = async (search: Partial<typeof EVERY_DEVICE>): Promise<number> =>
    (await listDevices(aContext({ now }), { ...EVERY_DEVICE, ...search })).total;
  const occurring = [];
  for (const figure of PHONE_FIGURES) {
    expect(figures[figure], figure).toBe(await counted({ state: [figure] }));
    occurring.push(...(figures[figure] > 0 ? [figure] : []));
  }
  for (const { model, version, figure, phones: ofKind } of kinds) {
    expect(await counted({ model: [model], q: version, state: [figure] })).toBe(ofKind);
  }
  expect(phones).toBe(await counted({}));
  expect(samples.at(-1)?.phones).toEqual(figures);
  expect(occurring).toEqual([
    "up_to_date",
    "update_due",
    "nothing_approved",
    "unknown",
    "waiting_for_test",
    "in_trouble",
    "silent",
  ]);
});

test("the checks of each hour are those of the check log, and stay when the log no longer has them", async () => {
  await aFleet();
  const now = new Date();
  await sampleFleet(aContext({ now }), AT_ONCE);
  const sum = async (): Promise<number> => {
    const { hours } = await findStatistics(aContext({ now }), { range: "day" });
    return hours.reduce((total, { checks }) => total + (checks ?? 0), 0);
  };

  const from = new Date(startOfHour(now).getTime() - DAY_MS + HOUR_MS).toISOString();
  const { total } = await listChecks(aContext(), { ...EVERY_CHECK, from });
  expect(total).toBeGreaterThan(0);
  expect(await sum()).toBe(total);

  await emptyTables("StoredCheck");
  await sampleFleet(aContext({ now: new Date(now.getTime() + HOUR_MS) }), AT_ONCE);
  expect(await sum()).toBe(total);
});

test("one process counts at a time, and not again what another one has just counted", async () => {
  const now = new Date();
  await inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${TRANSACTION_LOCKS.statistics})`;
    expect(await sampleFleet(aContext({ now }), AT_ONCE)).toBe(false);
  });

  expect(await sampleFleet(aContext({ now }), { minAgeMs: HOUR_MS })).toBe(true);
  expect(await sampleFleet(aContext({ now }), { minAgeMs: HOUR_MS })).toBe(false);
  expect(await sampleFleet(aContext({ now }), AT_ONCE)).toBe(true);
  expect(await db.fleetSample.count()).toBe(PHONE_FIGURES.length);
});

test("old samples are thinned to hours and days, and everything ends after two years", async () => {
  const now = new Date("2026-11-28T12:00:00Z");
  const ago = (ms: number): Date => startOfMinute(new Date(now.getTime() - ms));
  const MINUTE_MS = HOUR_MS / 60;
  const times = [
    ago(10 * MINUTE_MS),
    ago(8 * MINUTE_MS),
    ago(5 * DAY_MS - 10 * MINUTE_MS),
    ago(5 * DAY_MS - 20 * MINUTE_MS),
    ago(90 * DAY_MS),
    ago(90 * DAY_MS + 3 * HOUR_MS),
    ago(3 * 365 * DAY_MS),
  ];
  await db.fleetSample.createMany({
    data: times.map((at) => ({ at, figure: "up_to_date", phones: 1 })),
  });
  const aCount = { brand: "", model: "", version: "", figure: "silent", phones: 1 };
  await db.fleetCount.createMany({
    data: [ago(DAY_MS), ago(3 * 365 * DAY_MS)].map((day) => ({ ...aCount, day })),
  });

  await deleteOldStatistics(db, now);

  const left = await db.fleetSample.findMany({ orderBy: { at: "desc" } });
  expect(left.map(({ at }) => at)).toEqual(
    [times[1], times[0], times[2], times[5]].toSorted(latest),
  );
  expect(await db.fleetCount.count()).toBe(1);
});

function latest(left: Date | undefined, right: Date | undefined): number {
  return (right?.getTime() ?? 0) - (left?.getTime() ?? 0);
}
