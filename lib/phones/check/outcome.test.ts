import { expect, test } from "vitest";
import { decideUpdate } from "#phones/check/decide-update";
import { toJudgementRecord, toOutcome } from "#phones/check/outcome";
import {
  aDevice,
  aFaultyRelease,
  aHardware,
  aRelease,
  aRule,
} from "#phones/check/testing/check-data";

const offered = aRule({ id: "1", approved: aRelease("2.0") });
const installed = aRule({ id: "2", approved: aRelease("4.0.0.0") });
const faulty = aRule({ id: "5", approved: aFaultyRelease("2.0", "image") });
const empty = aRule({ id: "3" });
const other = aRule({ id: "4", hardware: aHardware({ revision: "B" }) });

test.each([
  ["offered", [empty, installed, offered]],
  ["offered", [faulty, offered]],
  ["content_unusable", [empty, installed, faulty]],
  ["already_installed", [empty, installed]],
  ["nothing_to_offer", [other, empty]],
  ["no_rule", [other]],
  ["no_rule", []],
] as const)("the outcome is %s", (outcome, rules) => {
  expect(toOutcome(decideUpdate(aDevice(), rules))).toBe(outcome);
});

test("the stored judgement contains its reason but not the release's files", () => {
  const records = decideUpdate(aDevice(), [offered, installed, empty, other, faulty]).map(
    toJudgementRecord,
  );

  expect(records).toEqual([
    { ruleId: "1", updateType: "CPE", verdict: "offered", channel: "approved", version: "2.0" },
    {
      ruleId: "2",
      updateType: "CPE",
      verdict: "already_installed",
      channel: "approved",
      version: "4.0.0.0",
    },
    { ruleId: "3", updateType: "CPE", verdict: "nothing_to_offer", channel: null, version: null },
    { ruleId: "4", updateType: "CPE", verdict: "other_hardware", channel: null, version: null },
    {
      ruleId: "5",
      updateType: "CPE",
      verdict: "content_unusable",
      channel: "approved",
      version: "2.0",
    },
  ]);
});
