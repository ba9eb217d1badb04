import { beforeEach, expect, test } from "vitest";
import { checkPassword } from "#access/accounts/server/check-password";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { bootstrap } from "#programs/bootstrap";

const SETTINGS = {
  adminPassword: undefined,
  poolFqdn: "pool01.contoso.com",
  internalBaseUrl: "http://pool01.contoso.com:3000",
  externalBaseUrl: "https://pool01.contoso.com",
};
const NOW = new Date("2026-03-02T09:30:00.000Z");

beforeEach(() => emptyTables());

async function canSignIn(password: string): Promise<boolean> {
  const check = await checkPassword(
    { name: "admin", password, address: "192.0.2.200", side: "outside" },
    NOW,
  );
  return check.outcome === "valid";
}

test("creates an administrator and returns its generated password once", async () => {
  const { generatedPassword } = await bootstrap(SETTINGS, NOW);
  expect(await canSignIn(generatedPassword ?? "")).toBe(true);
});

test("uses the given password and does not return it", async () => {
  const result = await bootstrap({ ...SETTINGS, adminPassword: "a given password" }, NOW);
  expect(result).toEqual({ generatedPassword: null });
  expect(await canSignIn("a given password")).toBe(true);
});

test("makes the first pool the default one", async () => {
  await bootstrap(SETTINGS, NOW);
  expect(await db.pool.findMany()).toMatchObject([{ fqdn: "pool01.contoso.com", isDefault: true }]);
});

test("a second start changes nothing", async () => {
  await bootstrap({ ...SETTINGS, adminPassword: "a given password" }, NOW);
  const again = await bootstrap({ ...SETTINGS, poolFqdn: "other.contoso.com" }, NOW);
  expect(again).toEqual({ generatedPassword: null });
  expect([await db.account.count(), await db.pool.count()]).toEqual([1, 1]);
  expect(await canSignIn("a given password")).toBe(true);
});
