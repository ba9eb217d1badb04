import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { findActorOfToken } from "#access/accounts/server/resolve-actor";
import { checkPassword } from "#access/accounts/server/check-password";
import { startAnchor } from "#foundation/audit/server/start-anchor";
import { removeAnchor } from "#foundation/audit/testing/anchor";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { aPool } from "#firmware/rules/testing/rules";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";

const NOW = new Date("2026-11-22T10:00:00Z");

beforeEach(async () => {
  await emptyTables();
  await aPool("pool01.contoso.com", "Redmond");
});

afterEach(removeAnchor);

function signIn(name: string, password: string) {
  return checkPassword({ name, password, address: "192.0.2.1", side: "outside" }, NOW);
}

test("creates, changes and removes test devices under the original's identities", async () => {
  const made = await runCli([
    "new-test-device",
    "--parent",
    "site:redmond",
    "--name",
    "Lobby",
    "--identifier",
    "00:04:f2:00:01:76",
    "--identifier-type",
    "macaddress",
    "--json",
  ]);
  expect(made.code).toBe(0);
  expect(parseOutput(made)).toMatchObject([
    {
      identity: "site:Redmond/Lobby",
      identifierType: "MACAddress",
      identifier: "00-04-F2-00-01-76",
    },
  ]);

  const changed = await runCli([
    "set-test-device",
    "SITE:Redmond/lobby",
    "--identifier",
    "00-04-F2-00-01-99",
  ]);
  expect(changed.code).toBe(0);
  expect(await db.testDevice.findFirst()).toMatchObject({ identifier: "0004F2000199" });

  const removed = await runCli(["remove-test-device", "site:Redmond/Lobby"]);
  expect(removed.code).toBe(0);
  expect(await db.testDevice.count()).toBe(0);
});

test("removes the test devices of a whole scope and keeps those of other scopes", async () => {
  await aTestDevice(null, "One", "0004F2000001");
  await aTestDevice(null, "Two", "0004F2000002");
  await aTestDevice("Redmond", "Three", "0004F2000003");

  const preview = await runCli(["remove-test-device", "global", "--what-if"]);
  expect(preview.stdout).toContain("2 would be removed.");
  expect(await db.testDevice.count()).toBe(3);

  const { code } = await runCli(["remove-test-device", "global"]);

  expect(code).toBe(0);
  expect(await db.testDevice.findMany()).toMatchObject([{ name: "Three" }]);
});

async function aTestDevice(siteName: string | null, name: string, identifier: string) {
  const identifierType = "MACAddress";
  await createTestDevice(aContext(), { siteName, name, identifier, identifierType });
}

test("names the option that has an invalid value", async () => {
  const { code, stderr } = await runCli(["new-test-device", "global/X", "--identifier", "0004F2"]);

  expect(code).toBe(2);
  expect(stderr).toBe(
    "ucupdates: --identifier: At least six pairs of hex digits, such as 00-04-F2-00-01-76.\n",
  );
});

test("adds, changes and removes a pool", async () => {
  const made = await runCli(["new-pool", "pool02.contoso.com", "--site", "Dublin", "--json"]);
  expect(parseOutput(made)).toMatchObject([
    { identity: "service:WebServer:pool02.contoso.com", site: "Dublin", isDefault: false },
  ]);

  const changed = await runCli([
    "set-pool",
    "pool02.contoso.com",
    "--external-url",
    "https://web/",
  ]);
  expect(changed.code).toBe(0);
  expect(await db.pool.findUnique({ where: { fqdn: "pool02.contoso.com" } })).toMatchObject({
    externalBaseUrl: "https://web",
    internalBaseUrl: "http://pool02.contoso.com",
  });

  const removed = await runCli(["remove-pool", "service:WebServer:pool02.contoso.com"]);
  expect(removed.code).toBe(0);
  expect(await db.pool.count()).toBe(1);
});

test("exits with 6 when the current state does not allow the change", async () => {
  const { code, stderr } = await runCli(["remove-pool", "pool01.contoso.com"]);

  expect(code).toBe(6);
  expect(stderr).toBe("ucupdates: Make another pool the default first.\n");
});

test("prints only the generated password of a new account on standard output", async () => {
  const { code, stdout } = await runCli([
    "new-account",
    "anna",
    "--role",
    "operator",
    "--generate-password",
  ]);

  expect(code).toBe(0);
  expect(await signIn("anna", stdout.trim())).toMatchObject({ outcome: "valid" });
});

test("reads a password from standard input and never from an argument", async () => {
  const made = await runCli(["new-account", "anna", "--role", "viewer", "--password-stdin"], {
    input: "correct horse battery\n",
  });
  expect(made.code).toBe(0);
  expect(await signIn("anna", "correct horse battery")).toMatchObject({ outcome: "valid" });

  const argued = await runCli(["new-account", "bert", "--role", "viewer", "--password", "secret"]);
  expect(argued.code).toBe(2);

  const silent = await runCli(["new-account", "bert", "--role", "viewer"]);
  expect(silent.code).toBe(2);
  expect(silent.stderr).toContain("--password-stdin");
});

test("refuses to remove the last administrator", async () => {
  await runCli(["new-account", "anna", "--role", "administrator", "--generate-password"]);

  expect((await runCli(["set-account", "anna", "--disable"])).code).toBe(6);
  expect((await runCli(["remove-account", "anna", "--force"])).code).toBe(6);
});

test("creates a token that acts for its account until it is removed", async () => {
  await runCli(["new-account", "anna", "--role", "operator", "--generate-password"]);
  const made = await runCli(["new-api-token", "--account", "Anna", "--name", "ci", "--json"]);
  const { id, secret } = z.object({ id: z.string(), secret: z.string() }).parse(parseOutput(made));
  expect(await findActorOfToken(secret, NOW)).toMatchObject({ name: "anna", role: "operator" });

  const removed = await runCli(["remove-api-token", id]);

  expect(removed.code).toBe(0);
  expect(await findActorOfToken(secret, NOW)).toBeNull();
  expect((await runCli(["new-api-token", "--account", "unknown", "--name", "x"])).code).toBe(3);
});

test("exports the audit trail with formulas escaped for spreadsheets", async () => {
  await runCli(["new-pool", "pool02.contoso.com"]);
  await runCli(["new-test-device", "global/=cmd|calc", "--identifier", "0004F2000176"]);

  const { code, stdout } = await runCli(["get-audit", "--last", "1", "--csv"]);

  expect(code).toBe(0);
  const [header, line] = stdout.split("\r\n");
  expect(header?.split(",").slice(0, 5)).toEqual(["Id", "At", "Actor", "Action", "Subject"]);
  expect(line).toContain("test_device.created,global/=cmd|calc");
  expect(line).not.toMatch(/(^|,)"?[=+@]/);
});

test("shows the latest entries, oldest first", async () => {
  await runCli(["new-pool", "pool02.contoso.com"]);
  await runCli(["new-pool", "pool03.contoso.com"]);

  const result = await runCli(["get-audit", "--last", "2", "--json"]);

  expect(parseOutput(result)).toMatchObject([
    { subject: "pool02.contoso.com", action: "pool.created", actorKind: "command_line" },
    { subject: "pool03.contoso.com" },
  ]);
});

test("detects an audit entry that was changed directly in the database", async () => {
  await runCli(["new-pool", "pool02.contoso.com"]);
  const intact = await runCli(["test-audit"]);
  expect(intact).toMatchObject({ code: 0, stdout: "The audit trail is intact: 2 entries.\n" });

  await db.$transaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.$executeRaw`update "AuditEntry" set "actorName" = 'mallory' where "id" = 2`;
  });

  const broken = await runCli(["test-audit", "--json"]);
  expect(broken.code).toBe(12);
  expect(parseOutput(broken)).toMatchObject({ outcome: "broken", firstBrokenId: "2" });
});

test("prints an empty JSON list when no phone has checked", async () => {
  expect(await runCli(["get-device", "--json"])).toMatchObject({ code: 0, stdout: "[]\n" });
  expect(await runCli(["get-device", "--state", "lost"])).toMatchObject({ code: 2 });
});

test("reports a missing end of the audit trail, and accepts it with a reason", async () => {
  await startAnchor(new Date());
  await runCli(["new-pool", "pool02.contoso.com"]);
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`set local session_replication_role = replica`;
    await tx.$executeRaw`delete from "AuditEntry" where "subjectName" = 'pool02.contoso.com'`;
  });

  const cutOff = await runCli(["test-audit"]);
  expect(cutOff.code).toBe(12);
  expect(cutOff.stdout).toContain("The newest entries of the audit trail are missing");
  expect(await runCli(["test-audit", "--accept-end"])).toMatchObject({ code: 2 });

  const accepted = await runCli(["test-audit", "--accept-end", "--reason", "back-up restored"]);
  expect(accepted).toMatchObject({
    code: 0,
    stdout: "The audit trail is intact: 3 entries.\n",
  });
  const entry = await db.auditEntry.findFirstOrThrow({ orderBy: { id: "desc" } });
  expect(entry).toMatchObject({ action: "audit.anchored", reason: "back-up restored" });
});
