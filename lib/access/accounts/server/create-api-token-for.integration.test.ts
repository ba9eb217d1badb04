import { beforeEach, expect, test } from "vitest";
import { createAccount } from "#access/accounts/server/create-account";
import { createApiTokenFor } from "#access/accounts/server/create-api-token-for";
import { findActorOfToken } from "#access/accounts/server/resolve-actor";
import { aContext, NOW } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";

const WISH = { accountName: " ANNA ", name: "nightly", keepDays: 1 } as const;

beforeEach(async () => {
  await emptyTables();
  await createAccount(aContext(), { name: "anna", password: "correct horse", role: "operator" });
});

test("makes a token that acts for somebody else, and records who made it", async () => {
  const { token, secret } = await createApiTokenFor(aContext({ name: "root" }), WISH);

  expect(token).toMatchObject({ accountName: "anna", name: "nightly" });
  expect(await findActorOfToken(secret, NOW)).toMatchObject({ name: "anna", role: "operator" });
  const entry = await db.auditEntry.findFirst({ where: { action: "api_token.created" } });
  expect(entry).toMatchObject({ actorName: "root", facts: { account: "anna" } });
});

test("makes one that ends", async () => {
  const { secret } = await createApiTokenFor(aContext(), WISH);
  const nextDay = new Date(NOW.getTime() + 86_400_000);

  expect(await findActorOfToken(secret, nextDay)).toBeNull();
});

test("refuses an account that does not exist", async () => {
  const wish = { ...WISH, accountName: "nobody" };

  await expect(createApiTokenFor(aContext(), wish)).rejects.toMatchObject({ code: "not_found" });
});

test("is refused to those who do not manage accounts", async () => {
  const attempt = createApiTokenFor(aContext({ role: "operator" }), WISH);

  await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
});
