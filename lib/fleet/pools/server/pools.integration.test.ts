import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import type { CreatePoolInput } from "#fleet/pools/schema";
import { changePool } from "#fleet/pools/server/change-pool";
import { createPool } from "#fleet/pools/server/create-pool";
import { listPools } from "#fleet/pools/server/list-pools";
import { listSites } from "#fleet/sites/server/list-sites";
import { removePool } from "#fleet/pools/server/remove-pool";

const FIELDS: CreatePoolInput = {
  fqdn: "pool01.contoso.com",
  siteName: "Lyon",
  internalBaseUrl: "http://pool01.contoso.com",
  externalBaseUrl: "https://web.contoso.com",
  sipDomains: [],
  isDefault: false,
};

beforeEach(() => emptyTables());

function create(overrides: Partial<CreatePoolInput> = {}) {
  return createPool(aContext(), { ...FIELDS, ...overrides });
}

async function defaults(): Promise<readonly string[]> {
  const pools = await listPools(aContext({ role: "viewer" }));
  return pools.filter((pool) => pool.isDefault).map((pool) => pool.fqdn);
}

test("the first pool becomes the default, and there is always exactly one default", async () => {
  await create();
  expect(await defaults()).toEqual(["pool01.contoso.com"]);
  const second = await create({ fqdn: "pool02.contoso.com" });
  expect(await defaults()).toEqual(["pool01.contoso.com"]);
  await changePool(aContext(), {
    ...FIELDS,
    fqdn: "pool02.contoso.com",
    poolId: second.id,
    isDefault: true,
  });
  expect(await defaults()).toEqual(["pool02.contoso.com"]);
});

test("refuses to unset or remove the default pool", async () => {
  const pool = await create();
  await expect(
    changePool(aContext(), { ...FIELDS, poolId: pool.id, isDefault: false }),
  ).rejects.toMatchObject({ code: "invalid_state" });
  await expect(removePool(aContext(), { poolId: pool.id })).rejects.toMatchObject({
    code: "invalid_state",
  });
});

test("refuses a duplicate name", async () => {
  await create();
  await expect(create()).rejects.toMatchObject({ code: "conflict" });
});

test("pools with the same site name, without regard to case, share one site", async () => {
  await create();
  await create({ fqdn: "pool02.contoso.com", siteName: "LYON" });
  expect(await listSites(aContext())).toMatchObject([
    { name: "Lyon", pools: ["pool01.contoso.com", "pool02.contoso.com"] },
  ]);
});

test("records a change with the previous values", async () => {
  const pool = await create();
  await changePool(aContext(), {
    ...FIELDS,
    poolId: pool.id,
    isDefault: true,
    internalBaseUrl: "https://pool01.contoso.com",
  });
  const entry = await db.auditEntry.findFirst({ where: { action: "pool.changed" } });
  expect(entry?.facts).toEqual({
    internalBaseUrlBefore: "http://pool01.contoso.com",
    internalBaseUrl: "https://pool01.contoso.com",
  });
});

test("a change keeps what another person changed in the meantime, also at the same time", async () => {
  const pool = await create();
  await Promise.all([
    changePool(aContext(), { poolId: pool.id, brake: "warn" }),
    changePool(aContext(), { poolId: pool.id, siteName: "Berlin", sipDomains: ["contoso.com"] }),
    changePool(aContext(), { poolId: pool.id, externalBaseUrl: "https://new.contoso.com" }),
  ]);
  expect(await listPools(aContext())).toMatchObject([
    {
      ...FIELDS,
      isDefault: true,
      siteName: "Berlin",
      sipDomains: ["contoso.com"],
      externalBaseUrl: "https://new.contoso.com",
      brake: "warn",
      brakePercent: 5,
    },
  ]);
});

test("an operator may not change pools", async () => {
  const attempt = createPool(aContext({ role: "operator" }), FIELDS);
  await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
});
