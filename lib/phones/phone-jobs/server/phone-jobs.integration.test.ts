import { beforeEach, expect, test } from "vitest";
import { retireInput } from "#fleet/devices/retirement";
import { RETIRE_BY_AGE_SETTING } from "#fleet/devices/retire-by-age";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { findRetireByAge } from "#fleet/devices/server/find-retire-by-age";
import { previewRetireByAge } from "#fleet/devices/server/preview-retire-by-age";
import { retirePhones } from "#fleet/devices/server/retire-phones";
import { retireSilentPhones } from "#fleet/devices/server/retire-silent-phones";
import { setRetireByAge } from "#fleet/devices/server/set-retire-by-age";
import { matchPhones } from "#fleet/sites/server/match-phones";
import { setNetworks } from "#fleet/sites/server/set-networks";
import { createPool } from "#fleet/pools/server/create-pool";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { testEnvironment } from "#foundation/platform/testing/environment";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { listDevices } from "#phones/inventory/server/list-devices";
import type { StartPhoneJobInput } from "#phones/phone-jobs/schema";
import { makeTestDevicesInput, phoneSearch, startPhoneJobInput } from "#phones/phone-jobs/schema";
import { cancelPhoneJob } from "#phones/phone-jobs/server/cancel-phone-job";
import { previewMatching } from "#phones/phone-jobs/server/find-matching-phones";
import { listPhoneJobs } from "#phones/phone-jobs/server/list-phone-jobs";
import { makeTestDevices } from "#phones/phone-jobs/server/make-test-devices";
import { runPhoneJob } from "#phones/phone-jobs/server/run-phone-job";
import { startPhoneJob } from "#phones/phone-jobs/server/start-phone-job";

testEnvironment({});

const NOW = new Date("2026-11-22T12:00:00Z");
const context = aContext({ now: NOW });
const clock = () => NOW;

beforeEach(async () => {
  await emptyTables();
});

function serials(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

async function storePhones(names: readonly string[], at = "2026-11-22T08:00:00Z"): Promise<void> {
  await storeChecks(names.map((serialNumber) => aRecord({ serialNumber, at: new Date(at) })));
}

async function storeFleet(phones: number): Promise<void> {
  await storePhones(["A0"]);
  await db.$executeRaw`
    INSERT INTO "Device" ("id", "deviceKey", "serialNumber", "deviceType", "brand", "model", "revision", "locale",
      "hardwareKey", "kindId", "address", "side", "installed", "offered", "judgements", "outcome", "trigger",
      "firstSeenAt", "lastSeenAt")
    SELECT gen_random_uuid(), 'serial:b/' || number, 'B' || number, "deviceType", "brand", "model", "revision",
      "locale", "hardwareKey", "kindId", "address", "side", "installed", "offered", "judgements", "outcome", "trigger",
      "firstSeenAt", "lastSeenAt"
    FROM "Device", generate_series(1, ${phones}::int) number`;
}

async function start(input: Partial<Extract<StartPhoneJobInput, { kind: "retire" }>>) {
  return startPhoneJob(
    context,
    startPhoneJobInput.parse({ kind: "retire", search: {}, seenCount: 0, ...input }),
  );
}

async function listed(): Promise<readonly (string | null)[]> {
  const { devices } = await listDevices(context, EVERY_DEVICE, { size: 2000 });
  return devices.map(({ serialNumber }) => serialNumber).toSorted();
}

test("retires all phones that match a search, and no other, and restores them in the same way", async () => {
  await storePhones([...serials("A", 3), ...serials("B", 2)]);
  expect(await previewMatching(context, phoneSearch.parse({ q: "A" }))).toEqual({
    total: 3,
    recent: 3,
  });

  const job = await start({ search: { q: "A" }, seenCount: 3, reason: "moved" });

  expect(job).toMatchObject({ state: "done", total: 3, changed: 3, skipped: 0, search: "q=A" });
  expect(await listed()).toEqual(["B0", "B1"]);
  const restored = await startPhoneJob(
    context,
    startPhoneJobInput.parse({ kind: "restore", search: { q: "A1" }, seenCount: 1 }),
  );
  expect(restored).toMatchObject({ state: "done", changed: 1 });
  expect(await listed()).toEqual(["A1", "B0", "B1"]);
});

test("refuses when many more phones match than were confirmed, and changes nothing", async () => {
  await storePhones(serials("A", 12));

  await expect(start({ seenCount: 2 })).rejects.toMatchObject({
    code: "conflict",
    reason: { code: "selection_changed", seen: 2, count: 12 },
  });

  expect(await listed()).toHaveLength(12);
  expect(await db.phoneJob.count()).toBe(0);
});

test("a search by state selects what the list of that state shows", async () => {
  await storePhones(serials("A", 2));
  const unknown = await start({ search: { state: ["update_due"] }, seenCount: 0 });
  expect(unknown).toMatchObject({ total: 0, state: "done" });

  expect(await start({ search: { state: ["unknown"] }, seenCount: 2 })).toMatchObject({
    changed: 2,
  });
});

test("leaves many phones to the worker, which goes on after it was killed, and stops when it is cancelled", async () => {
  await storeFleet(2500);
  const job = await start({ seenCount: 2500 });
  expect(job).toMatchObject({ state: "running", total: 2501, changed: 0 });
  expect(await db.$queryRaw`SELECT count(*)::int AS "jobs" FROM graphile_worker.jobs`).toEqual([
    { jobs: 1 },
  ]);
  const aborting = new AbortController();
  const run = runPhoneJob(
    job.id,
    () => {
      aborting.abort();
      return NOW;
    },
    aborting.signal,
  );
  await expect(run).rejects.toThrow("interrupted");
  expect(await listPhoneJobs(context)).toMatchObject([{ state: "running", changed: 1000 }]);

  expect(await cancelPhoneJob(context, { jobId: job.id })).toMatchObject({ state: "cancelled" });

  expect(await runPhoneJob(job.id, clock)).toMatchObject({ state: "cancelled", changed: 1000 });
  expect((await listDevices(context, EVERY_DEVICE)).total).toBe(1501);
  const rest = await start({ seenCount: 1501 });
  expect(await runPhoneJob(rest.id, clock)).toMatchObject({ state: "done", changed: 1501 });
  expect((await listDevices(context, EVERY_DEVICE)).total).toBe(0);
  await expect(cancelPhoneJob(context, { jobId: rest.id })).rejects.toMatchObject({
    code: "invalid_state",
  });
  const actions = await db.auditEntry.groupBy({ by: ["action"], _count: true });
  expect(actions).toEqual(
    expect.arrayContaining([
      { action: "device.retired", _count: 3 },
      { action: "device.job_cancelled", _count: 1 },
    ]),
  );
});

test("counts phones that were retired after the job was confirmed as skipped", async () => {
  await storeFleet(1500);
  const job = await start({ seenCount: 1501 });
  const some = await db.device.findMany({ select: { id: true }, take: 10 });
  await retirePhones(context, retireInput.parse({ deviceIds: some.map(({ id }) => id) }));

  expect(await runPhoneJob(job.id, clock)).toMatchObject({ changed: 1491, skipped: 10 });
});

test("makes the selected phones test devices at their site or everywhere, at most 200", async () => {
  const pool = await createPool(context, {
    fqdn: "pool01.contoso.com",
    siteName: "Berlin",
    internalBaseUrl: "http://pool01.contoso.com",
    externalBaseUrl: "https://pool01.contoso.com",
    sipDomains: [],
    isDefault: true,
  });
  await storeChecks([
    aRecord({ serialNumber: "A-1", poolId: pool.id }),
    aRecord({ serialNumber: "A-2" }),
    aRecord({ serialNumber: "B-1", poolId: pool.id, address: "10.5.0.1" }),
    aRecord({ serialNumber: "B-2", address: "10.5.0.2" }),
  ]);
  await setNetworks(context, { networks: [{ network: "10.5.0.0/16", siteName: "Paris" }] });
  await matchPhones();
  const make = (scope: "site" | "everywhere", q: string, seenCount: number) =>
    makeTestDevices(
      context,
      makeTestDevicesInput.parse({ scope, target: { search: { q }, seenCount } }),
    );

  expect(await make("site", "A-", 2)).toEqual({ created: 1, refused: [], skipped: 1 });
  expect(await make("everywhere", "A-", 2)).toMatchObject({
    created: 1,
    refused: [{ identifier: "A-1", code: "conflict" }],
    skipped: 0,
  });
  // The site of a phone is that of its network.
  expect(await make("site", "B-", 2)).toEqual({ created: 2, refused: [], skipped: 0 });
  const { devices } = await listDevices(context, EVERY_DEVICE);
  expect(
    devices
      .flatMap(({ isTestDevice, serialNumber }) => (isTestDevice ? [serialNumber] : []))
      .toSorted(),
  ).toEqual(["A-1", "B-1"]);
  await storePhones(serials("C", 201));
  await expect(make("everywhere", "C", 201)).rejects.toMatchObject({
    code: "invalid_state",
    reason: { code: "too_many_phones", most: 200 },
  });
});

test("only administrators may start and cancel jobs, and viewers make no test devices", async () => {
  const operator = aContext({ role: "operator" });
  const input = startPhoneJobInput.parse({ kind: "retire", search: {}, seenCount: 0 });
  await expect(startPhoneJob(operator, input)).rejects.toMatchObject({ code: "forbidden" });
  await expect(cancelPhoneJob(operator, { jobId: "" })).rejects.toMatchObject({
    code: "forbidden",
  });
  const target = makeTestDevicesInput.parse({
    scope: "everywhere",
    target: { search: {}, seenCount: 0 },
  });
  await expect(makeTestDevices(aContext({ role: "viewer" }), target)).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("retires by age only when it is switched on, as the service itself, and never test devices", async () => {
  await storePhones(["OLD", "TEST"], "2026-10-01T08:00:00Z");
  await storePhones(["NEW"], "2026-11-20T08:00:00Z");
  await makeTestDevices(
    context,
    makeTestDevicesInput.parse({
      scope: "everywhere",
      target: { search: { q: "TEST" }, seenCount: 1 },
    }),
  );
  expect(await retireSilentPhones(NOW)).toBe(0);
  expect(await previewRetireByAge(context, { days: 30 })).toMatchObject({
    phones: 1,
    total: 3,
    examples: [{ name: "CX600 OLD" }],
  });

  await setRetireByAge(context, { days: 30, seenAt: null });
  expect(await findRetireByAge(context)).toMatchObject({ days: 30, changed: { by: "anna" } });
  expect(await retireSilentPhones(NOW)).toBe(1);

  expect(await listed()).toEqual(["NEW", "TEST"]);
  expect(await db.auditEntry.findFirst({ where: { action: "device.retired" } })).toMatchObject({
    actorKind: "system",
    facts: { daysBack: 30 },
  });
  await storePhones(["OLD"], "2026-11-22T13:00:00Z");
  expect(await listed()).toEqual(["NEW", "OLD", "TEST"]);
});

test("retires no phone by age when a large part of the fleet is silent, unless that was just confirmed", async () => {
  await storeFleet(200);
  const later = new Date("2027-02-01T12:00:00Z");
  await setRetireByAge(context, { days: 30, seenAt: null });

  expect(await retireSilentPhones(later)).toBe(0);

  const { changed } = await findRetireByAge(context);
  await setRetireByAge(aContext({ now: later }), {
    days: 30,
    seenAt: changed?.at.toISOString() ?? null,
  });
  expect(await retireSilentPhones(later)).toBe(201);
  expect(await db.setting.count({ where: { name: RETIRE_BY_AGE_SETTING } })).toBe(1);
});
