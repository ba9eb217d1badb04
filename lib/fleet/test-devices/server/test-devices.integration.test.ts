import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { createPool } from "#fleet/pools/server/create-pool";
import { testDeviceIdentity } from "#fleet/test-devices/model";
import { createTestDeviceInput } from "#fleet/test-devices/schema";
import { changeTestDevice } from "#fleet/test-devices/server/change-test-device";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";
import { removeTestDevices } from "#fleet/test-devices/server/remove-test-devices";

beforeEach(async () => {
  await emptyTables();
  for (const site of ["Redmond", "Lyon"]) {
    await createPool(aContext(), {
      fqdn: `${site.toLowerCase()}.contoso.com`,
      siteName: site,
      internalBaseUrl: "http://pool.contoso.com",
      externalBaseUrl: "https://web.contoso.com",
      sipDomains: [],
      isDefault: false,
    });
  }
});

function create(overrides: Partial<Record<"name" | "identifier" | "siteName", string>> = {}) {
  return createTestDevice(
    aContext({ role: "operator" }),
    createTestDeviceInput.parse({
      siteName: null,
      name: "lab",
      identifierType: "MACAddress",
      identifier: "00-04-f2-00-01-76",
      ...overrides,
    }),
  );
}

test("stores MAC addresses of all notations in one notation", async () => {
  expect(await create()).toMatchObject({ identifier: "0004F2000176" });
});

test("prints identities as the original does", async () => {
  expect(testDeviceIdentity(await create({ name: "Lab1" }))).toBe("global/Lab1");
  const atSite = await create({ name: "Lab1", siteName: "redmond", identifier: "000000000001" });
  expect(testDeviceIdentity(atSite)).toBe("site:Redmond/Lab1");
});

test("refuses a duplicate name in one scope, without regard to case", async () => {
  await create({ name: "lab" });
  await expect(create({ name: "LAB", identifier: "000000000001" })).rejects.toMatchObject({
    code: "conflict",
  });
});

test("refuses a phone twice in overlapping scopes, but accepts it in separate scopes", async () => {
  await create({ name: "a", siteName: "Lyon" });
  await expect(create({ name: "b", siteName: "Lyon" })).rejects.toMatchObject({ code: "conflict" });
  await expect(create({ name: "c" })).rejects.toMatchObject({ code: "conflict" });
  expect(await create({ name: "d", siteName: "Redmond" })).toMatchObject({ siteName: "Redmond" });
});

test("refuses a site that does not exist", async () => {
  await expect(create({ siteName: "Atlantis" })).rejects.toMatchObject({ code: "not_found" });
});

test("changes the identifier and keeps name and scope", async () => {
  const device = await create();
  await changeTestDevice(aContext(), {
    testDeviceId: device.id,
    identifierType: "SerialNumber",
    identifier: "07823-A345",
  });
  expect(await db.testDevice.findMany()).toMatchObject([
    { name: "lab", identifierType: "SerialNumber", identifier: "07823-A345" },
  ]);
});

test("removes several and records each", async () => {
  const first = await create({ name: "a", identifier: "000000000001" });
  const second = await create({ name: "b", identifier: "000000000002" });
  await removeTestDevices(aContext(), { testDeviceIds: [first.id, second.id] });
  expect(await db.testDevice.count()).toBe(0);
  expect(await db.auditEntry.count({ where: { action: "test_device.removed" } })).toBe(2);
});

test("a viewer may not create test devices", async () => {
  const attempt = createTestDevice(aContext({ role: "viewer" }), {
    siteName: null,
    name: "lab",
    identifierType: "MACAddress",
    identifier: "0004F2000176",
  });
  await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
});
