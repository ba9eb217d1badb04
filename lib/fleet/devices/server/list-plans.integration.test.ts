import { beforeAll, expect, test } from "vitest";
import { Prisma } from "#generated/client";
import { progressLimits } from "#fleet/devices/progress-state";
import type { DeviceFilter } from "#fleet/devices/server/device-sql";
import { toBatchWithoutKind } from "#fleet/devices/server/kind-store";
import type { DeviceWindow } from "#fleet/devices/server/order-sql";
import { toPageByKind } from "#fleet/devices/server/order-sql";
import { toPageQuery } from "#fleet/devices/server/store";
import { MANY_DEVICES, fillManyDevices } from "#fleet/devices/testing/many-devices";
import type { Db } from "#foundation/platform/db/client";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { testEnvironment } from "#foundation/platform/testing/environment";

const { poolId: POOL_ID, rareKind: RARE_KIND } = MANY_DEVICES;

testEnvironment({});

beforeAll(async () => {
  await emptyTables();
  await fillManyDevices();
});

const EVERYTHING: DeviceFilter = {
  q: "",
  model: [],
  pool: [],
  site: [],
  progress: [],
  selection: null,
  rollOut: null,
  ids: null,
};
const NEWEST: DeviceWindow = { sort: "lastSeenAt", order: "desc", skip: 0, take: 50 };

async function planOf(
  filter: Partial<DeviceFilter>,
  window: Partial<DeviceWindow> = {},
  ofText: readonly number[] = [],
): Promise<string> {
  const limits = progressLimits(new Date(), { nextCheckSeconds: 3600, idleSeconds: 60 });
  const query = toPageQuery(
    { ...EVERYTHING, ...filter },
    {
      kinds: { ofText, ofModel: [RARE_KIND] },
      limits,
      window: { ...NEWEST, ...window },
      minutes: null,
    },
  );
  return explain(db, query);
}

async function explain(tx: Db, query: Prisma.Sql): Promise<string> {
  const rows = await tx.$queryRaw<{ "QUERY PLAN": string }[]>(Prisma.sql`EXPLAIN ${query}`);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

const WHOLE_INVENTORY = /Seq Scan on "Device"/;

test.each([
  ["the first page", {}, {}],
  ["a page far behind", {}, { skip: 3000 }],
  ["an order by model", {}, { sort: "model" }],
  ["an order by version", {}, { sort: "version" }],
  ["an order by address", {}, { sort: "address" }],
  ["an order by MAC address", {}, { sort: "macAddress", order: "asc" }],
  ["a filter by pool", { pool: ["pool01.contoso.com"] }, {}],
  ["a filter by model", { model: ["CX7"] }, {}],
  ["a filter by progress", { progress: ["fell_back"] }, {}],
  ["a text of two characters", { q: "77" }, {}],
] as const)("%s does not read the whole inventory", async (_title, filter, window) => {
  expect(await planOf(filter, window)).not.toMatch(WHOLE_INVENTORY);
});

test.each(["model", "version"] as const)(
  "a page by %s reads the first phones of each kind",
  async (sort) => {
    const { ctes, page } = toPageByKind({ ...NEWEST, sort });

    const plan = await explain(db, Prisma.sql`WITH ${ctes} page AS (${page}) SELECT * FROM page`);

    expect(plan).toContain(`"ListedDevice_kindId_deviceId_idx"`);
    expect(plan).not.toMatch(/Seq Scan on "(?:Device|ListedDevice)"/);
  },
);

test("the phones without a kind are read in the order of their ids, without a sort", async () => {
  const query = toBatchWithoutKind({ after: "00000000-0000-0000-0000-000000000000", take: 100 });
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    await tx.$executeRaw`SET LOCAL enable_bitmapscan = off`;
    expect(await explain(tx, query)).not.toContain("Sort");
  });
});

test("a text search uses the index of trigrams", async () => {
  const plan = await planOf({ q: "S0000123" });

  expect(plan).toContain(`on "Device_search_text_idx"`);
  expect(plan).not.toMatch(WHOLE_INVENTORY);
});

test("pairs of a MAC address are found by the index of trigrams", async () => {
  const plan = await planOf({ q: "00:00:00:00:1a" });

  expect(plan).toContain(`on "Device_search_text_idx"`);
  expect(plan).not.toMatch(WHOLE_INVENTORY);
});

test("a text that kinds have is looked for in one pass, without a look-up of each phone", async () => {
  const plan = await planOf({ q: "CX7" }, {}, [RARE_KIND, RARE_KIND + 1]);

  expect(plan).toContain(`Seq Scan on "ListedDevice" listed`);
  expect(plan).not.toMatch(WHOLE_INVENTORY);
});

test("a filter by a state that few kinds have uses the index of kinds", async () => {
  const selection = {
    kinds: [{ poolId: POOL_ID, kindId: RARE_KIND }],
    contents: [],
    ruledHardware: [],
    hasUnruled: false,
    judgedIds: [],
    matchingIds: [],
    hasSilent: false,
    hasTroubled: false,
  };

  const plan = await planOf({ selection });

  expect(plan).toMatch(/"ListedDevice_kindId_\w+_idx"/);
  expect(plan).not.toMatch(WHOLE_INVENTORY);
});
