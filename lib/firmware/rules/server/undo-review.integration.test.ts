import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import type { Pool } from "#fleet/pools/model";
import type { ReviewReport } from "#firmware/rules/review";
import { toVersions } from "#firmware/rules/review";
import { findRule } from "#firmware/rules/server/store";
import { undoReview } from "#firmware/rules/server/undo-review";
import { aPendingRule, aPool, act, anApprovedRule } from "#firmware/rules/testing/rules";

let pool: Pool;

beforeEach(async () => {
  await emptyTables();
  pool = await aPool();
});

async function undo(report: ReviewReport, role: "administrator" | "operator" = "administrator") {
  const eventId = report.changed[0]?.eventId ?? "0";
  return undoReview(aContext({ role }), { eventId, reason: "" });
}

async function versionsOf(ruleId: string) {
  const rule = await findRule(db, ruleId);
  return rule && toVersions(rule);
}

test.each(["approve", "reset", "restore", "remove"] as const)(
  "restores all versions when %s is undone",
  async (action) => {
    const ruleId = await anApprovedRule(pool, "1.0.0.0", "1.0.0.1");
    await aPendingRule(pool, "1.0.0.2");
    const before = await versionsOf(ruleId);
    const report = await act(action, ruleId);
    expect(await versionsOf(ruleId)).not.toEqual(before);

    await undo(report);

    expect(await versionsOf(ruleId)).toEqual(before);
  },
);

test("refuses if the rule has changed since", async () => {
  const ruleId = await anApprovedRule(pool, "1.0.0.0");
  await aPendingRule(pool, "1.0.0.1");
  const approval = await act("approve", ruleId);
  await act("restore", ruleId);
  await expect(undo(approval)).rejects.toMatchObject({ code: "invalid_state" });
});

test("refuses to undo the same event twice", async () => {
  const ruleId = await aPendingRule(pool);
  const approval = await act("approve", ruleId);
  await undo(approval);
  await expect(undo(approval)).rejects.toMatchObject({ code: "invalid_state" });
});

test("does not restore a removed rule if a new rule has replaced it", async () => {
  const ruleId = await aPendingRule(pool, "1.0.0.0");
  const removal = await act("remove", ruleId);
  await aPendingRule(pool, "1.0.0.0");
  await expect(undo(removal)).rejects.toMatchObject({ code: "invalid_state" });
});

test("does not allow an operator to undo a removal", async () => {
  const ruleId = await aPendingRule(pool);
  const removal = await act("remove", ruleId);
  await expect(undo(removal, "operator")).rejects.toMatchObject({ code: "forbidden" });
});

test("allows a review after an undone removal", async () => {
  const ruleId = await aPendingRule(pool);
  await undo(await act("remove", ruleId));
  const approval = await act("approve", ruleId);
  expect(approval.changed).toHaveLength(1);
});
