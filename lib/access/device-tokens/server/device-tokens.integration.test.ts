import { afterAll, beforeEach, expect, test } from "vitest";
import { eventually } from "#foundation/core/testing/eventually";
import { aContext } from "#foundation/core/testing/contexts";
import { createDeviceToken } from "#access/device-tokens/server/create-device-token";
import { listDeviceTokens } from "#access/device-tokens/server/list-device-tokens";
import { revokeDeviceToken } from "#access/device-tokens/server/revoke-device-token";
import {
  findTokenOfSecret,
  startTokenTable,
  writeTokenUses,
} from "#access/device-tokens/server/token-table";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";

const CONTEXT = aContext();

beforeEach(async () => {
  await (await startTokenTable()).stop();
  await emptyTables("DeviceToken", "AuditEntry");
});

afterAll(async () => {
  await (await startTokenTable()).stop();
});

function aToken(name = "lobby", macAddress: string | null = null) {
  return createDeviceToken(CONTEXT, { name, macAddress, keepDays: 1 });
}

test("accepts a token from its creation until it expires, without a database query", async () => {
  await startTokenTable();
  const { token, secret } = await aToken("lobby", "0004F2000176");
  await eventually(() => {
    expect(findTokenOfSecret(secret, CONTEXT.now)).toMatchObject({
      id: token.id,
      macAddress: "0004F2000176",
    });
  });
  const tomorrow = new Date(CONTEXT.now.getTime() + 86_400_000);
  expect(findTokenOfSecret(secret, tomorrow)).toBeNull();
  expect(findTokenOfSecret(`${secret}x`, CONTEXT.now)).toBeNull();
  expect(findTokenOfSecret("", CONTEXT.now)).toBeNull();
});

test("refuses a revoked token in every process that listens", async () => {
  const { token, secret } = await aToken();
  await startTokenTable();
  expect(findTokenOfSecret(secret, CONTEXT.now)).not.toBeNull();
  await revokeDeviceToken(CONTEXT, { tokenId: token.id });
  await eventually(() => {
    expect(findTokenOfSecret(secret, CONTEXT.now)).toBeNull();
  });
  await expect(revokeDeviceToken(CONTEXT, { tokenId: token.id })).rejects.toMatchObject({
    code: "not_found",
  });
});

test("throws unavailable until the tokens have been loaded", () => {
  expect(() => findTokenOfSecret("ucd_x", CONTEXT.now)).toThrow(/have not been read/);
});

test("writes the last use of a token once for many uses, and never moves it back", async () => {
  const { token, secret } = await aToken();
  await startTokenTable();
  const later = new Date(CONTEXT.now.getTime() + 5000);
  findTokenOfSecret(secret, CONTEXT.now);
  findTokenOfSecret(secret, later);
  expect((await listDeviceTokens(CONTEXT))[0]?.lastUsedAt).toBeNull();
  await writeTokenUses();
  findTokenOfSecret(secret, CONTEXT.now);
  await writeTokenUses();
  expect(await listDeviceTokens(CONTEXT)).toMatchObject([{ id: token.id, lastUsedAt: later }]);
});

test("stores only the digest of a secret, and lists neither", async () => {
  const { secret } = await aToken();
  expect(secret).toMatch(/^ucd_[A-Za-z0-9_-]{43}$/);
  const entries = (await db.auditEntry.findMany()).map(({ facts }) => facts);
  expect(JSON.stringify([await db.deviceToken.findMany(), entries])).not.toContain(secret);
  expect(JSON.stringify(await listDeviceTokens(CONTEXT))).not.toContain("tokenHash");
});

test("records who created and who revoked a token", async () => {
  const { token } = await aToken("lobby", "0004F2000176");
  await revokeDeviceToken(CONTEXT, { tokenId: token.id });
  const entries = await db.auditEntry.findMany({ orderBy: { id: "asc" } });
  expect(entries).toMatchObject([
    { action: "device_token.created", subjectName: "lobby", actorName: "anna" },
    { action: "device_token.revoked", subjectName: "lobby", actorName: "anna" },
  ]);
});

test("lets only administrators create, list and revoke tokens", async () => {
  const { token } = await aToken();
  for (const role of ["operator", "viewer"] as const) {
    const context = aContext({ role });
    const input = { name: "x", macAddress: null, keepDays: null };
    const forbidden = { code: "forbidden" };
    await expect(createDeviceToken(context, input)).rejects.toMatchObject(forbidden);
    await expect(listDeviceTokens(context)).rejects.toMatchObject(forbidden);
    await expect(revokeDeviceToken(context, { tokenId: token.id })).rejects.toMatchObject(
      forbidden,
    );
  }
});
