import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { testEnvironment } from "#foundation/platform/testing/environment";
import { retirePhones } from "#fleet/devices/server/retire-phones";
import { CX600, anApprovedRule, aPool } from "#firmware/rules/testing/rules";
import { aRecord, storeChecks } from "#phones/check-log/testing/records";
import { MAX_RESULTS } from "#phones/search/model";
import { searchQuery } from "#phones/search/search-query";
import { searchEverything } from "#phones/search/server/search-everything";

testEnvironment({});

const OLD = "4.0.7577.4100";

beforeEach(async () => {
  await emptyTables();
});

function search(q: string) {
  return searchEverything(aContext({ role: "viewer" }), searchQuery.parse({ q }));
}

test("finds a phone by each of its marks, by its model and by its version", async () => {
  await storeChecks([
    aRecord({
      macAddress: "0004f2000176",
      serialNumber: "SN-77",
      address: "10.4.0.9",
      userName: "anna@contoso.com",
      hardware: { ...CX600, model: "CX700" },
    }),
    aRecord({ macAddress: "0004f2999999", serialNumber: "SN-88", address: "10.5.0.1" }),
  ]);

  for (const q of ["00-04-F2-00-01-76", "f2:00:01", "sn-77", "10.4.0", "ANNA@", "cx700"]) {
    const { phones } = await search(q);
    expect(phones, q).toMatchObject([{ serialNumber: "SN-77", model: "CX700" }]);
  }
  expect((await search("%%")).phones).toEqual([]);
});

test("finds retired phones after the listed ones, as far as there is room", async () => {
  await storeChecks(
    ["SN-1", "SN-2"].map((serialNumber) => aRecord({ macAddress: null, serialNumber })),
  );
  const retired = await db.device.findFirstOrThrow({ where: { serialNumber: "SN-2" } });
  await retirePhones(aContext(), { deviceIds: [retired.id], reason: "" });

  expect((await search("sn-")).phones).toMatchObject([
    { serialNumber: "SN-1", isRetired: false },
    { serialNumber: "SN-2", isRetired: true },
  ]);
});

test("finds rules by brand, model and version, their roll-outs, and pools", async () => {
  const ruleId = await anApprovedRule(await aPool("pool07.contoso.com", "Berlin"), OLD);

  expect((await search("polycom cx600")).rules).toMatchObject([
    { id: ruleId, pool: "pool07.contoso.com", approvedVersion: OLD },
  ]);
  expect((await search(`CX600 ${OLD}`)).rollOuts).toMatchObject([{ version: OLD }]);
  expect((await search("berlin")).pools).toEqual([{ fqdn: "pool07.contoso.com", site: "Berlin" }]);
  expect(await search("nothing-of-the-sort")).toEqual({
    phones: [],
    rules: [],
    rollOuts: [],
    pools: [],
  });
});

test("answers with as many phones as fit, the one that checked last first", async () => {
  await storeChecks(
    Array.from({ length: MAX_RESULTS.phones + 4 }, (_, index) =>
      aRecord({
        serialNumber: `SN-${index}`,
        address: `10.0.0.${index}`,
        at: new Date(Date.UTC(2026, 10, 22, 8, index)),
      }),
    ),
  );

  const { phones } = await search("SN-");
  expect(phones).toHaveLength(MAX_RESULTS.phones);
  expect(phones[0]?.serialNumber).toBe(`SN-${MAX_RESULTS.phones + 3}`);
});

test("a query of one letter is refused instead of reading the whole fleet", () => {
  expect(searchQuery.safeParse({ q: " a " }).success).toBe(false);
  expect(searchQuery.safeParse({ q: "ab", size: "9" }).success).toBe(false);
});
