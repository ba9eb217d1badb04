import { beforeEach, expect, test } from "vitest";
import { createAccount } from "#access/accounts/server/create-account";
import { createApiTokenFor } from "#access/accounts/server/create-api-token-for";
import { findActorOfToken } from "#access/accounts/server/resolve-actor";
import { aContext, NOW } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";

const INPUT = { accountName: " ANNA ", name: "nightly", keepDays: 1 } as const;

beforeEach(async () => {
  await emptyTables();
  await createAccount(aContext(), { name: "anna", password: "correct horse", role: "operator" });
});

test("creates a token that acts for another account and records its creator", async () => {
  const { token, secret } = await createApiTokenFor(aContext({ name: "root" }), INPUT);

  expect(token).toMatchObject({ accountName: "anna", name: "nightly" });
  expect(await findActorOfToken(secret, NOW)).toMatchObject({ name: "anna", role: "operator" });
  const entry = await db.auditEntry.findFirst({ where: { action: "api_token.created" } });
  expect(entry).toMatchObject({ actorName: "root", facts: { account: "anna" } });
});

test("creates a token that expires", async () => {
  const { secret } = await createApiTokenFor(aContext(), INPUT);
  const nextDay = new Date(NOW.getTime() + 86_400_000);

  expect(await findActorOfToken(secret, nextDay)).toBeNull();
});

test("refuses an account that does not exist", async () => {
  const input = { ...INPUT, accountName: "missing" };

  await expect(createApiTokenFor(aContext(), input)).rejects.toMatchObject({ code: "not_found" });
});

test("refuses an actor without the permission to manage accounts", async () => {
  const attempt = createApiTokenFor(aContext({ role: "operator" }), INPUT);

  await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
});
