import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { aPool, anApprovedRule } from "#firmware/rules/testing/rules";

const THIRD = "5.4.0.10182 rts 7";
const matches = z.array(z.looseObject({ id: z.string() }));

beforeEach(async () => {
  await emptyTables();
});

test("declares a version match, lists it, and removes it", async () => {
  const pool = await aPool();
  const ruleId = await anApprovedRule(pool, "5.4.0.10182");

  const made = await runCli(["new-version-match", ruleId, "--reported", THIRD, "--json"]);
  expect(made.code).toBe(0);
  const shown = matches.parse(parseOutput(await runCli(["get-version-match", "--json"])));
  expect(shown).toMatchObject([
    { packageVersion: "5.4.0.10182", reportedVersion: THIRD, pool: pool.fqdn },
  ]);

  const twice = await runCli(["new-version-match", ruleId, "--reported", THIRD]);
  expect(twice.code).not.toBe(0);
  expect(twice.stderr).toContain("already");

  const removed = await runCli(["remove-version-match", shown[0]?.id ?? ""]);
  expect(removed.code).toBe(0);
  expect(await db.versionMatch.count()).toBe(0);
  const audited = await db.auditEntry.findMany({
    where: { subjectKind: "version_match" },
    orderBy: { id: "asc" },
  });
  expect(audited.map(({ action }) => action)).toEqual([
    "version_match.created",
    "version_match.revoked",
  ]);
});

test("shows a match of all pools in words, and to scripts as REST does", async () => {
  const ruleId = await anApprovedRule(await aPool(), "5.4.0.10182");
  await runCli(["new-version-match", ruleId, "--reported", THIRD, "--all-pools"]);

  const [json, csv, table, list] = [
    await runCli(["get-version-match", "--json"]),
    await runCli(["get-version-match", "--csv"]),
    await runCli(["get-version-match"]),
    await runCli(["get-version-match", "--list"]),
  ];

  expect(parseOutput(json)).toMatchObject([{ pool: null }]);
  expect(csv.stdout).toContain(`,${THIRD},,UCPhone,`);
  expect(table.stdout).toMatch(/ {2}all$/m);
  expect(list.stdout).toMatch(/^Pool +: all$/m);
});

test("refuses an invalid version and an unknown version match", async () => {
  const ruleId = await anApprovedRule(await aPool(), "5.4.0.10182");

  expect((await runCli(["new-version-match", ruleId, "--reported", " "])).code).toBe(2);
  const unknown = "0199a3c1-7a52-7c3e-9d0e-0f6f5a3b2c11";
  expect((await runCli(["remove-version-match", unknown])).stderr).toContain("not declared");
});
