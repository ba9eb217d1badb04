import { beforeEach, expect, test } from "vitest";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import { emptyTables } from "#foundation/platform/testing/database";
import { aPendingRule, aPool, anApprovedRule } from "#firmware/rules/testing/rules";

const UNKNOWN_RULE = "2de8cbf6-9441-4f61-b755-1e4bef1effde";

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

test("test-device-update says when there is nothing to approve and when no rule is for the phone", async () => {
  const ruleId = await anApprovedRule(await aPool(), "4.0.7577.4387");
  const call = ["test-device-update", "--model", "CX700", "--approve", ruleId, "--list"];

  const { code, stdout, stderr } = await runCli(call);

  expect(code).toBe(0);
  expect(stdout).toContain("There is no rule for this phone.");
  expect(stderr).toBe("The rule has no pending version.\n");
});

test.each([
  [3, "There is no rule 2de8cbf6-9441-4f61-b755-1e4bef1effde.", ["--approve", UNKNOWN_RULE]],
  [2, "There is no pool named old.contoso.com.", ["--pool", "old.contoso.com"]],
])("test-device-update exits with %d: %s", async (exit, sentence, options) => {
  await aPool();

  const { code, stdout, stderr } = await runCli(["test-device-update", ...options]);

  expect({ code, stdout, stderr }).toEqual({
    code: exit,
    stdout: "",
    stderr: `ucupdates: ${sentence}\n`,
  });
});
