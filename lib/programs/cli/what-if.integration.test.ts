import { beforeEach, expect, test } from "vitest";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import { emptyTables } from "#foundation/platform/testing/database";
import { aPendingRule, aPool } from "#firmware/rules/testing/rules";

beforeEach(async () => {
  await emptyTables();
});

test("test-device-update shows today's answer and the one after an approval, as JSON", async () => {
  const ruleId = await aPendingRule(await aPool(), "4.0.7577.4387");

  const result = await runCli([
    "test-device-update",
    "--version",
    "4.0.7577.4100",
    "--approve",
    ruleId,
    "--json",
  ]);

  expect(result.code).toBe(0);
  expect(parseOutput(result)).toMatchObject([
    { answer: "today", outcome: "nothing_to_offer", verdict: "nothing_to_offer", ruleId },
    { answer: "after_approval", outcome: "offered", version: "4.0.7577.4387", ruleId },
  ]);
});

test("test-device-update says when there is nothing to approve and when there is no rule", async () => {
  await aPool();

  const { code, stdout, stderr } = await runCli([
    "test-device-update",
    "--model",
    "CX700",
    "--approve",
    "2de8cbf6-9441-4f61-b755-1e4bef1effde",
    "--list",
  ]);

  expect(code).toBe(0);
  expect(stdout).toContain("There is no rule for this phone.");
  expect(stderr).toContain("no pending version");
});
