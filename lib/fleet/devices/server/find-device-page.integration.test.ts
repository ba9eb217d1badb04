import { beforeAll, expect, test } from "vitest";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { currentLimits } from "#fleet/devices/server/current-limits";
import type { DeviceFilter } from "#fleet/devices/server/device-sql";
import { findDevicePage } from "#fleet/devices/server/find-device-page";
import type { DevicePageRequest } from "#fleet/devices/server/find-device-page";
import { searchDevices } from "#fleet/devices/server/store";
import { MANY_DEVICES, fillManyDevices } from "#fleet/devices/testing/many-devices";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { testEnvironment } from "#foundation/platform/testing/environment";

testEnvironment({});

const SIZE = 50;
const LAST_PAGE = MANY_DEVICES.phones / SIZE;

beforeAll(async () => {
  await emptyTables();
  await fillManyDevices();
  // Some phones have no pool, and some no kind; these say themselves what they are.
  await db.site.create({
    data: {
      name: "Berlin",
      nameKey: "berlin",
      pools: {
        create: {
          id: MANY_DEVICES.poolId,
          fqdn: "pool01.contoso.com",
          internalBaseUrl: "http://pool01.contoso.com",
          externalBaseUrl: "https://pool01.contoso.com",
        },
      },
    },
  });
  await db.$executeRaw`
    UPDATE "Device" SET "poolId" = NULL WHERE right("macAddress", 1) = '3'`;
  await db.$executeRaw`
    UPDATE "Device" SET "kindId" = NULL, "model" = CASE WHEN "macAddress" < '000000000400' THEN 'CX9' ELSE 'CX900' END
    WHERE right("macAddress", 1) IN ('3', '7')`;
  await db.$executeRaw`ANALYZE "Device", "ListedDevice"`;
});

const EVERYTHING: DeviceFilter = { ...EVERY_DEVICE, selection: null, rollOut: null, ids: null };

async function pageOf(request: Partial<DevicePageRequest>, filter: Partial<DeviceFilter> = {}) {
  const { devices, ...page } = await findDevicePage(
    aContext(),
    { ...EVERYTHING, ...filter },
    { sort: "lastSeenAt", order: "desc", page: 1, size: SIZE, mostCounted: null, ...request },
  );
  return { ...page, ids: devices.map(({ id }) => id) };
}

/** The ids of a page in the order of all phones. */
async function idsAt(
  { sort, order }: Pick<DevicePageRequest, "sort" | "order">,
  page: number,
  filter: Partial<DeviceFilter> = {},
) {
  const window = { sort, order, skip: (page - 1) * SIZE, take: SIZE };
  const options = { limits: currentLimits(new Date()), window, minutes: null };
  const devices = await searchDevices(db, { ...EVERYTHING, ...filter }, options);
  return devices.map(({ id }) => id);
}

const ORDERS = (["model", "version", "pool", "site", "lastSeenAt"] as const).flatMap((sort) =>
  (["asc", "desc"] as const).map((order) => ({ sort, order })),
);

test.each(ORDERS)("pages by $sort, $order, are those of the whole list", async (order) => {
  for (const page of [1, 2, 17, 61, 103, LAST_PAGE]) {
    const found = await pageOf({ ...order, page });
    expect(found).toEqual({ ids: await idsAt(order, page), total: MANY_DEVICES.phones, page });
  }
});

test.each(ORDERS)("a page by $sort, $order, beyond the end is the last one", async (order) => {
  const found = await pageOf({ ...order, page: LAST_PAGE + 3 });

  expect(found.page).toBe(LAST_PAGE);
  expect(found.ids).toEqual(await idsAt(order, LAST_PAGE));
});

test("a filter by model and pool counts and orders its own phones", async () => {
  const filter = { model: ["CX8", "CX9"], pool: ["pool01.contoso.com"] };
  const order = { sort: "version", order: "asc" } as const;

  const found = await pageOf({ ...order, page: 3 }, filter);

  expect(found.ids).toEqual(await idsAt(order, 3, filter));
  const [counted] = await db.$queryRaw<[{ total: bigint }]>`
    SELECT count(*) AS "total" FROM "Device" device LEFT JOIN "PhoneKind" kind ON kind."id" = device."kindId"
    WHERE coalesce(kind."model", device."model") IN ('CX8', 'CX9') AND device."poolId" IS NOT NULL`;
  expect(found.total).toBe(Number(counted.total));
});

test("phones beyond the counted ones are on no page", async () => {
  const found = await pageOf({ sort: "model", order: "asc", page: 40, mostCounted: 1_000 });

  expect(found).toMatchObject({ total: 1_000, page: 20 });
  expect(found.ids).toEqual(await idsAt({ sort: "model", order: "asc" }, 20));
});

test("a list without phones has one empty page", async () => {
  const found = await pageOf({ sort: "model", order: "asc", page: 4 }, { model: ["CX77"] });
  expect(found).toEqual({ ids: [], total: 0, page: 1 });
});
