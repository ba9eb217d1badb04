import { userInfo } from "node:os";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import type { Pool } from "#fleet/pools/model";
import {
  aPendingRule,
  aPool,
  anApprovedRule,
  anUpdate,
  CX600,
  importInto,
} from "#firmware/rules/testing/rules";

let pool: Pool;

beforeEach(async () => {
  await emptyTables();
  pool = await aPool("pool01.contoso.com");
});

const ruleList = z.array(
  z.object({
    identity: z.string(),
    approvedVersion: z.string().nullable(),
    pendingVersion: z.string().nullable(),
    restoreVersion: z.string().nullable(),
  }),
);

const report = z.strictObject({
  action: z.string(),
  isWhatIf: z.boolean(),
  changed: z.array(z.object({ identity: z.string(), eventId: z.string().nullable() })),
  skipped: z.array(z.object({ identity: z.string(), reason: z.string() })),
  failed: z.array(z.object({ identity: z.string(), code: z.string() })),
});

async function storedRules() {
  return ruleList.parse(parseOutput(await runCli(["get-device-update-rule", "--json"])));
}

function identityOf(ruleId: string): string {
  return `service:WebServer:pool01.contoso.com/${ruleId}`;
}

test("prints rules with exactly the identity and the property names of the original", async () => {
  const id = await aPendingRule(pool, "4.0.7577.4387");

  const { code, stdout } = await runCli(["get-device-update-rule", "--list"]);

  expect(code).toBe(0);
  expect(stdout.split("\n").slice(0, 11)).toEqual([
    `Identity        : ${identityOf(id)}`,
    `Id              : ${id}`,
    "DeviceType      : UCPhone",
    "Brand           : POLYCOM",
    "Model           : CX600",
    "Revision        : A",
    "Locale          : ENU",
    "UpdateType      : CPE",
    "ApprovedVersion :",
    "RestoreVersion  :",
    "PendingVersion  : 4.0.7577.4387",
  ]);
});

test("finds rules by wildcards on the identity and by columns, without regard to case", async () => {
  const other = await aPool("pool02.contoso.com");
  const nortel = anUpdate({ hardware: { ...CX600, brand: "LG-Nortel", model: "IP8540" } });
  await importInto([pool, other], [anUpdate(), nortel]);

  const byPool = await runCli([
    "get-device-update-rule",
    "--filter",
    "SERVICE:WebServer:POOL01*",
    "--json",
  ]);
  const byBrand = await runCli([
    "get-device-update-rule",
    "--brand",
    "lg-*",
    "--pool",
    "service:WebServer:pool02.contoso.com",
    "--json",
  ]);

  expect(ruleList.parse(parseOutput(byPool))).toHaveLength(2);
  expect(ruleList.parse(parseOutput(byBrand)).map(({ identity }) => identity)).toEqual([
    expect.stringContaining("pool02.contoso.com"),
  ]);
});

test("approves the rules that another command printed, in every output format", async () => {
  const id = await aPendingRule(pool, "2.0.0.0");
  const { stdout } = await runCli(["get-device-update-rule", "--pending"]);

  const approved = await runCli(["approve-device-update-rule", "-"], { input: stdout });

  expect(approved.code).toBe(0);
  expect(approved.stdout).toContain(`approved  ${identityOf(id)}`);
  expect(approved.stdout).toContain("pending 2.0.0.0 → none");
  expect(await storedRules()).toMatchObject([{ approvedVersion: "2.0.0.0", pendingVersion: null }]);
});

test("accepts an identity in any case, and records who ran the command and why", async () => {
  const id = await aPendingRule(pool);

  const { code } = await runCli([
    "approve-device-update-rule",
    identityOf(id).toUpperCase(),
    "--reason",
    "change 4711",
  ]);

  expect(code).toBe(0);
  const entry = await db.auditEntry.findFirstOrThrow({ where: { action: "rule.approved" } });
  expect(entry).toMatchObject({
    actorKind: "command_line",
    actorName: userInfo().username,
    reason: "change 4711",
  });
});

test("--what-if prints the changes and makes none", async () => {
  await aPendingRule(pool, "2.0.0.0");

  const { code, stdout } = await runCli(["approve-device-update-rule", "--all", "--what-if"]);

  expect(code).toBe(0);
  expect(stdout).toContain("1 would be approved, 0 skipped, 0 failed.");
  expect(await storedRules()).toMatchObject([{ approvedVersion: null, pendingVersion: "2.0.0.0" }]);
});

test("skips rules with nothing to do, reports missing ones, and changes the others", async () => {
  const pendingId = await aPendingRule(pool);
  const other = await aPool("pool02.contoso.com");
  const idleId = await anApprovedRule(other, "1.0.0.0");
  const unknown = identityOf("11111111-2222-4333-8444-555555555555");

  const result = await runCli([
    "approve-device-update-rule",
    "--json",
    identityOf(pendingId),
    unknown,
    idleId,
  ]);

  expect(result.code).toBe(8);
  expect(report.parse(parseOutput(result))).toMatchObject({
    action: "approve",
    isWhatIf: false,
    changed: [{ identity: identityOf(pendingId) }],
    skipped: [{ reason: "nothing_pending" }],
    failed: [{ identity: unknown, code: "not_found" }],
  });
});

test("refuses a GUID with the name of another pool", async () => {
  const id = await aPendingRule(pool);

  const result = await runCli(["remove-device-update-rule", `service:WebServer:other/${id}`]);

  expect(result.code).toBe(8);
  expect(await storedRules()).toHaveLength(1);
});

test("withdraws an update only with --withdraw", async () => {
  const id = await anApprovedRule(pool, "1.0.0.0");

  const careful = await runCli(["restore-device-update-rule", id]);
  expect(careful.code).toBe(8);
  expect(careful.stdout).toContain("no earlier version");
  expect(careful.stdout).toContain("--withdraw");

  const meant = await runCli(["restore-device-update-rule", id, "--withdraw"]);
  expect(meant.code).toBe(0);
  expect(await storedRules()).toMatchObject([{ approvedVersion: null }]);
});

test("restores a chosen version that was imported before", async () => {
  const id = await aPendingRule(pool, "1.0.0.0");
  await runCli(["approve-device-update-rule", id]);
  await aPendingRule(pool, "2.0.0.0");
  await runCli(["approve-device-update-rule", id]);
  await aPendingRule(pool, "3.0.0.0");
  await runCli(["approve-device-update-rule", id]);

  const { code } = await runCli(["restore-device-update-rule", id, "--version", "1.0.0.0"]);

  expect(code).toBe(0);
  expect(await storedRules()).toMatchObject([
    { approvedVersion: "1.0.0.0", restoreVersion: "3.0.0.0" },
  ]);
});

test("undoes an approval by its event, but not after another change", async () => {
  const id = await aPendingRule(pool, "2.0.0.0");
  const approved = await runCli(["approve-device-update-rule", id, "--json"]);
  const eventId = report.parse(parseOutput(approved)).changed[0]?.eventId ?? "";

  const undone = await runCli(["undo-device-update-rule", "--event", eventId]);
  expect(undone.code).toBe(0);
  expect(await storedRules()).toMatchObject([{ approvedVersion: null, pendingVersion: "2.0.0.0" }]);

  const again = await runCli(["undo-device-update-rule", "--event", eventId, "--json"]);
  expect(report.parse(parseOutput(again))).toMatchObject({
    changed: [],
    skipped: [{ reason: "nothing_to_undo" }],
  });
});

test("approves a rejected version only with --even-if-rejected, and the other rules without it", async () => {
  const rejected = await aPendingRule(pool, "1.0.0.1");
  await runCli(["reset-device-update-rule", rejected, "--reason", "display flickers"]);
  await aPendingRule(pool, "1.0.0.1");
  const cx500 = { ...CX600, model: "CX500" };
  await importInto([pool], [anUpdate({ hardware: cx500 })], "cx500.cab");

  const careful = await runCli(["approve-device-update-rule", "--all", "--json"]);
  const listed = await runCli(["get-device-update-rule", rejected, "--list"]);
  const meant = await runCli(["approve-device-update-rule", rejected, "--even-if-rejected"]);

  expect(careful.code).toBe(8);
  const { changed, failed } = report.parse(parseOutput(careful));
  expect(changed).toHaveLength(1);
  expect(failed).toEqual([{ identity: identityOf(rejected), code: "rejected_version" }]);
  expect(careful.stdout).toContain("--even-if-rejected");
  expect(listed.stdout).toMatch(
    /Rejections +: \{Version 1\.0\.0\.1 was rejected .*display flickers/,
  );
  expect(meant.code).toBe(0);
});

test("restores a removed rule under its identity", async () => {
  const id = await aPendingRule(pool);
  const removed = await runCli(["remove-device-update-rule", id]);
  expect(removed.code).toBe(0);
  expect(await storedRules()).toEqual([]);

  const undone = await runCli(["undo-device-update-rule", identityOf(id)]);

  expect(undone.code).toBe(0);
  expect(await storedRules()).toMatchObject([{ identity: identityOf(id) }]);
  const history = await runCli(["get-device-update-rule-event", id, "--csv"]);
  expect(history.stdout.split("\r\n").map((line) => line.split(",")[2])).toEqual([
    "Verb",
    "undone",
    "removed",
    "imported",
    undefined,
  ]);
});

test.each([
  ["2", "selects no rule", ["approve-device-update-rule"]],
  ["2", "has a misspelt option", ["get-device-update-rule", "--bran", "x"]],
  ["2", "is not known", ["aprove-device-update-rule"]],
  ["2", "asks for the help of an unknown command", ["help", "aprove-device-update-rule"]],
  ["2", "names something that is no identity", ["get-device-update-rule", "pool01"]],
  [
    "2",
    "asks for confirmation without a terminal",
    ["approve-device-update-rule", "--all", "--confirm"],
  ],
  ["2", "contradicts itself", ["remove-device-update-rule", "--all", "--confirm", "--force"]],
  [
    "3",
    "names a rule that does not exist",
    ["get-device-update-rule", "11111111-2222-4333-8444-555555555555"],
  ],
])("answers with exit code %s and one line to a call that %s", async (code, _, args) => {
  const result = await runCli(args);

  expect(result.code).toBe(Number(code));
  expect(result.stderr).toMatch(/^ucupdates: [^\n]+\n$/);
  expect(result.stdout).toBe("");
});

test("suggests the option that was probably meant", async () => {
  const { stderr } = await runCli(["get-device-update-rule", "--bran", "x"]);

  expect(stderr).toBe("ucupdates: unknown option '--bran' (Did you mean --brand?)\n");
});

test("reports in one sentence that the database cannot be reached", async () => {
  const { code, stderr } = await runCli(["get-device-update-rule"], {
    env: { DATABASE_URL: "postgresql://unknown@127.0.0.1:1/none" },
  });

  expect(code).toBe(7);
  expect(stderr).toMatch(/^ucupdates: The PostgreSQL server at 127\.0\.0\.1:1 cannot be reached/);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test("finishes its work when the reader of its output closes the pipe", async () => {
  await aPendingRule(pool);

  const { code, stderr } = await runCli(["approve-device-update-rule", "--all"], {
    closesOutputEarly: true,
  });

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(await storedRules()).toMatchObject([{ pendingVersion: null }]);
});
