import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import { hashToken } from "#foundation/platform/tokens";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";

beforeEach(async () => {
  await emptyTables();
});

const listed = z.array(
  z.object({ id: z.string(), name: z.string(), macAddress: z.string().nullable() }),
);

test("creates a token for one phone, prints its secret once, lists it and removes it", async () => {
  const made = await runCli([
    ...["new-device-token", "--name", "lobby", "--mac-address", "00:04:f2:00:01:76"],
  ]);
  expect(made.code).toBe(0);
  const secret = made.stdout.trim();
  expect(await db.deviceToken.findFirst()).toMatchObject({
    tokenHash: hashToken(secret),
    macAddress: "0004F2000176",
  });

  const shown = await runCli(["get-device-token", "--json"]);
  expect(shown.stdout).not.toContain(secret);
  const [token] = listed.parse(parseOutput(shown));
  expect(token).toMatchObject({ name: "lobby", macAddress: "00-04-F2-00-01-76" });

  expect((await runCli(["remove-device-token", token?.id ?? "", "--what-if"])).code).toBe(0);
  expect(await db.deviceToken.count()).toBe(1);
  expect((await runCli(["remove-device-token", token?.id ?? ""])).code).toBe(0);
  expect(await db.deviceToken.count()).toBe(0);
  const actions = (await db.auditEntry.findMany({ orderBy: { id: "asc" } })).map(
    ({ action }) => action,
  );
  expect(actions).toEqual(["device_token.created", "device_token.revoked"]);
});

test("refuses an invalid MAC address and an unknown token", async () => {
  const made = await runCli(["new-device-token", "--name", "lobby", "--mac-address", "lobby"]);
  expect(made.code).not.toBe(0);
  expect(made.stderr).toMatch(/six pairs of hex digits/);
  const removed = await runCli(["remove-device-token", "019ab1c2-3d4e-7f50-8a61-b2c3d4e5f607"]);
  expect(removed.code).not.toBe(0);
  expect(await db.deviceToken.count()).toBe(0);
});
