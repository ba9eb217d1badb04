import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { beforeEach, expect, test, vi } from "vitest";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { retirePhones } from "#fleet/devices/server/retire-phones";
import { createPool } from "#fleet/pools/server/create-pool";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";
import { listSites } from "#fleet/sites/server/list-sites";
import { SITE_TASKS, matchPhones } from "#fleet/sites/server/match-phones";
import { removeNetworks } from "#fleet/sites/server/remove-networks";
import { setNetworks } from "#fleet/sites/server/set-networks";
import { aContext } from "#foundation/core/testing/contexts";
import { db, inTransaction } from "#foundation/platform/db/client";
import { startWorker } from "#foundation/platform/jobs";
import { emptyTables } from "#foundation/platform/testing/database";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { findDevice } from "#phones/inventory/server/find-device";
import { listDevices } from "#phones/inventory/server/list-devices";

const context = aContext();
let poolId: string;

beforeEach(async () => {
  await emptyTables();
  const pool = await createPool(context, {
    fqdn: "pool01.contoso.com",
    siteName: "Redmond",
    internalBaseUrl: "http://pool01.contoso.com",
    externalBaseUrl: "https://pool01.contoso.com",
    sipDomains: [],
    isDefault: true,
  });
  poolId = pool.id;
});

type Check = {
  readonly serialNumber: string;
  readonly address: string;
  readonly at?: Date;
  readonly poolId?: string | null;
};

/** Phones check at the pool, in one batch. */
async function check(...checks: readonly Check[]): Promise<void> {
  await storeChecks(checks.map((one) => aRecord({ poolId, ...one })));
}

async function put(...networks: readonly (readonly [network: string, siteName: string])[]) {
  await setNetworks(context, {
    networks: networks.map(([network, siteName]) => ({ network, siteName })),
  });
}

async function search(site: readonly string[] = []) {
  const found = await listDevices(context, { ...EVERY_DEVICE, site, sort: "site", order: "asc" });
  return Object.fromEntries<string | null>(
    found.devices.map(({ serialNumber, siteName }) => [serialNumber ?? "", siteName] as const),
  );
}

async function idOf(serialNumber: string): Promise<string> {
  const { devices } = await listDevices(context, { ...EVERY_DEVICE, q: serialNumber });
  return devices[0]?.id ?? "";
}

test("a check sets a phone's site by the longest network of its address, else by its pool", async () => {
  await put(["10.0.0.0/8", "Europe"], ["10.4.0.0/16", "Berlin"], ["2001:db8:4::/48", "Berlin"]);

  await check(
    { serialNumber: "A", address: "10.4.7.9" },
    { serialNumber: "B", address: "10.5.0.1" },
    { serialNumber: "C", address: "2001:db8:4:1::7" },
    { serialNumber: "D", address: "203.0.113.9" },
    { serialNumber: "E", address: "unknown" },
    { serialNumber: "F", address: "203.0.113.9", poolId: null },
  );

  const sites = { A: "Berlin", B: "Europe", C: "Berlin", D: "Redmond", E: "Redmond", F: null };
  expect(await search()).toEqual(sites);
  expect(await search(["berlin"])).toEqual({ A: "Berlin", C: "Berlin" });
  expect(await search(["Redmond", "Europe"])).toEqual({ B: "Europe", D: "Redmond", E: "Redmond" });
  await expect(search(["Rome"])).rejects.toMatchObject({ code: "invalid_input" });
  expect((await findDevice(context, { id: await idOf("A") }))?.siteName).toBe("Berlin");
});

test("lists, filters and test devices agree on which spellings are one site", async () => {
  await put(["10.4.0.0/16", "München"], ["10.5.0.0/16", "Straße"], ["10.6.0.0/16", "İzmir"]);
  await put(["10.7.0.0/16", "MÜNCHEN"], ["10.8.0.0/16", "STRASSE"], ["10.9.0.0/16", "izmir"]);
  await check(
    ...[4, 5, 6, 7, 8, 9].map((net) => ({
      serialNumber: String(net),
      address: `10.${String(net)}.0.1`,
    })),
  );
  const mark = (identifier: string, siteName: string) =>
    createTestDevice(context, {
      siteName,
      name: identifier,
      identifierType: "SerialNumber",
      identifier,
    });

  expect(await search(["MÜNCHEN"])).toEqual({ 4: "München", 7: "München" });
  expect(await search(["STRAßE"])).toEqual({ 5: "Straße" });
  expect(await search(["strasse"])).toEqual({ 8: "STRASSE" });
  expect(await search(["IZMIR"])).toEqual({ 9: "izmir" });
  expect(await search(["İZMIR"])).toEqual({ 6: "İzmir" });
  await expect(search(["ızmir"])).rejects.toMatchObject({ code: "invalid_input" });
  expect(await mark("4", "münchen")).toMatchObject({ siteName: "München" });
  await expect(mark("9", "ızmir")).rejects.toMatchObject({ code: "not_found" });
});

test("a phone that checks from another address moves to the site of that network", async () => {
  await put(["10.4.0.0/16", "Berlin"], ["10.5.0.0/16", "Paris"]);
  const later = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 9, minutes));
  await check({ serialNumber: "A", address: "10.4.0.1" });

  await check({ serialNumber: "A", address: "10.5.0.1", at: later(1) });
  expect(await search()).toEqual({ A: "Paris" });
  await check({ serialNumber: "A", address: "192.0.2.1", at: later(2) });
  expect(await search()).toEqual({ A: "Redmond" });
  // A check that is older than the row changes nothing.
  await check({ serialNumber: "A", address: "10.5.0.1", at: later(1) });
  expect(await search()).toEqual({ A: "Redmond" });
});

test("a change of the networks moves the phones once the job has run", async () => {
  await check(
    { serialNumber: "A", address: "10.4.0.1" },
    { serialNumber: "B", address: "10.5.0.1" },
  );

  await put(["10.0.0.0/8", "Europe"], ["10.4.0.0/16", "Berlin"]);
  expect(await matchPhones()).toBe(2);
  expect(await search()).toEqual({ A: "Berlin", B: "Europe" });

  await put(["10.4.0.0/16", "Paris"]);
  // A network that moves needs no job: phones refer to the network.
  expect(await search()).toEqual({ A: "Paris", B: "Europe" });

  await removeNetworks(context, { networks: ["10.4.0.0/16"] });
  expect(await search()).toEqual({ A: "Redmond", B: "Europe" });
  expect(await matchPhones()).toBe(1);
  expect(await search()).toEqual({ A: "Europe", B: "Europe" });
  expect(await matchPhones()).toBe(0);
});

test("the list of sites counts the phones by network and by pool", async () => {
  await put(["10.0.0.0/8", "Europe"], ["10.4.0.0/16", "Berlin"]);
  await check(
    { serialNumber: "A", address: "10.4.0.1" },
    { serialNumber: "B", address: "10.5.0.1" },
    { serialNumber: "C", address: "10.6.0.1" },
    { serialNumber: "D", address: "192.0.2.1" },
  );

  const sites = await listSites(context);

  expect(sites.map(({ name, phones }) => [name, phones])).toEqual([
    ["Berlin", 1],
    ["Europe", 2],
    ["Redmond", 1],
  ]);
  expect(sites[0]?.networks).toMatchObject([
    { network: "10.4.0.0/16", phones: 1, within: { network: "10.0.0.0/8", siteName: "Europe" } },
  ]);
});

test("a test device of a site counts where its address belongs to the site, in lists and for checks", async () => {
  await put(["10.4.0.0/16", "Berlin"], ["10.5.0.0/16", "Paris"]);
  await createTestDevice(context, {
    siteName: "Berlin",
    name: "Lobby",
    identifierType: "SerialNumber",
    identifier: "A-1",
  });
  const isTest = async () => (await listDevices(context, EVERY_DEVICE)).devices[0]?.isTestDevice;
  await check({ serialNumber: "A-1", address: "10.4.0.1" });

  expect(await isTest()).toBe(true);

  await put(["10.4.0.0/16", "Paris"]);
  expect(await isTest()).toBe(false);
});

test("a retired phone that returns is at the site of its present address", async () => {
  await put(["10.4.0.0/16", "Berlin"], ["10.5.0.0/16", "Paris"]);
  await check({ serialNumber: "A", address: "10.4.0.1" });
  await retirePhones(context, { deviceIds: [await idOf("A")], reason: "" });

  await check({
    serialNumber: "A",
    address: "10.5.0.1",
    at: new Date("2026-11-23T08:00:00Z"),
  });

  expect(await search()).toEqual({ A: "Paris" });
});

test("a check from a new address waits for a change of the networks, and is matched with them", async () => {
  await check({ serialNumber: "A", address: "192.0.2.1" });
  let checked: Promise<void> | undefined;

  await inTransaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(7215012)`;
    checked = check({ serialNumber: "A", address: "10.4.0.1", at: new Date("2026-11-22T09:00Z") });
    await waitForBlockedLock(tx);
    await tx.$executeRaw`INSERT INTO "Site" ("id", "name", "nameKey") VALUES (gen_random_uuid(), 'Berlin', 'berlin')`;
    await tx.$executeRaw`
      INSERT INTO "SiteNetwork" ("siteId", "network", "createdAt", "createdBy")
      SELECT "id", '10.4.0.0/16', now(), 'anna' FROM "Site" WHERE "nameKey" = 'berlin'`;
  });
  await checked;

  expect(await search()).toEqual({ A: "Berlin" });
});

test("the next worker matches all phones if the process was killed between two batches", async () => {
  await check({ serialNumber: "A", address: "10.4.0.1" });
  await db.$executeRaw`
    INSERT INTO "Device" ("id", "deviceKey", "serialNumber", "deviceType", "brand", "model", "revision", "locale",
      "hardwareKey", "kindId", "address", "side", "installed", "offered", "judgements", "outcome", "trigger",
      "firstSeenAt", "lastSeenAt")
    SELECT gen_random_uuid(), 'serial:b/' || number, 'B' || number, "deviceType", "brand", "model", "revision",
      "locale", "hardwareKey", "kindId", "address", "side", "installed", "offered", "judgements", "outcome", "trigger",
      "firstSeenAt", "lastSeenAt"
    FROM "Device", generate_series(1, 4499) number`;
  await put(["10.4.0.0/16", "Berlin"]);

  await inTransaction(
    async (tx) => {
      // The third batch waits for this phone.
      await tx.$queryRaw`SELECT FROM "ListedDevice" ORDER BY "deviceId" DESC LIMIT 1 FOR UPDATE`;
      const child = startMatching();
      await vi.waitFor(async () => {
        expect(await countMatched()).toBe(4000);
      }, WAIT);
      child.kill("SIGKILL");
      await once(child, "exit");
    },
    { timeoutMs: WAIT.timeout },
  );
  expect(await countMatched()).toBe(4000);

  const worker = await startWorker(SITE_TASKS);
  await vi.waitFor(async () => {
    expect(await countMatched()).toBe(4500);
  }, WAIT);
  await worker.stop();
});

const WAIT = { timeout: 30_000, interval: 20 };

/** A process that only matches phones. */
function startMatching(): ChildProcess {
  const script = `
    import { SITE_TASKS } from "#fleet/sites/server/match-phones";
    import { startWorker } from "#foundation/platform/jobs";
    await startWorker(SITE_TASKS);`;
  return spawn(
    process.execPath,
    ["--import", "./scripts/server-only.mjs", "--input-type=module", "--eval", script],
    { stdio: "inherit" },
  );
}

async function countMatched(): Promise<number> {
  return db.listedDevice.count({ where: { networkId: { not: null } } });
}

type Tx = Parameters<Parameters<typeof inTransaction>[0]>[0];

/** Resolves when another connection waits for the lock of the networks. */
async function waitForBlockedLock(tx: Tx): Promise<void> {
  for (;;) {
    const waiting = await tx.$queryRaw<unknown[]>`
      SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 7215012`;
    if (waiting.length > 0) {
      return;
    }
  }
}
