import { beforeEach, expect, test } from "vitest";
import { listAuditEntries } from "#foundation/audit/server/list-audit-entries";
import { verifyAudit } from "#foundation/audit/server/verify-audit";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import type { Pool } from "#fleet/pools/model";
import { reviewInput } from "#firmware/rules/schema";
import { findRuleDetails } from "#firmware/rules/server/find-rule";
import { previewReview, reviewRules } from "#firmware/rules/server/review-rules";
import { findRule, replaceReleases } from "#firmware/rules/server/store";
import { toVersions } from "#firmware/rules/review";
import {
  aPendingRule,
  aPool,
  act,
  anApprovedRule,
  importInto,
  anUpdate,
} from "#firmware/rules/testing/rules";

const ANY_ENTRY = { q: "", kind: [], subject: "", order: "desc", page: 1 } as const;

let pool: Pool;

beforeEach(async () => {
  await emptyTables();
  pool = await aPool();
});

async function versionsOf(ruleId: string) {
  const rule = await findRule(db, ruleId);
  return rule && toVersions(rule);
}

test("approves the pending version and keeps the previous one as the restore version", async () => {
  const ruleId = await anApprovedRule(pool, "1.0.0.0", "1.0.0.1");
  expect(await versionsOf(ruleId)).toEqual({
    approvedVersion: "1.0.0.1",
    pendingVersion: null,
    restoreVersion: "1.0.0.0",
  });
});

test("keeps the approved version on reset", async () => {
  const ruleId = await anApprovedRule(pool, "1.0.0.0");
  await aPendingRule(pool, "1.0.0.1");
  await act("reset", ruleId);
  expect(await versionsOf(ruleId)).toEqual({
    approvedVersion: "1.0.0.0",
    pendingVersion: null,
    restoreVersion: null,
  });
});

test("restores the previous version", async () => {
  const ruleId = await anApprovedRule(pool, "1.0.0.0", "1.0.0.1");
  const report = await act("restore", ruleId);
  expect(report.changed).toMatchObject([{ ruleId, isDowngrade: true }]);
  expect(await versionsOf(ruleId)).toEqual({
    approvedVersion: "1.0.0.0",
    pendingVersion: null,
    restoreVersion: null,
  });
});

test("restores any imported version", async () => {
  const ruleId = await anApprovedRule(pool, "1.0.0.0", "1.0.0.1", "1.0.0.2");
  await act("restore", ruleId, { targetVersion: "1.0.0.0" });
  expect(await versionsOf(ruleId)).toMatchObject({
    approvedVersion: "1.0.0.0",
    restoreVersion: "1.0.0.2",
  });
});

test("fails and changes nothing for a restore to a version that was never imported", async () => {
  const ruleId = await anApprovedRule(pool, "1.0.0.0");
  const report = await act("restore", ruleId, { targetVersion: "9.9.9.9" });
  expect(report.failed).toMatchObject([{ ruleId, code: "not_found" }]);
  expect(await versionsOf(ruleId)).toMatchObject({ approvedVersion: "1.0.0.0" });
});

test("withdraws an update only with consent", async () => {
  const ruleId = await anApprovedRule(pool, "1.0.0.0");
  const unasked = await act("restore", ruleId);
  expect(unasked.failed).toMatchObject([{ ruleId, code: "invalid_state" }]);
  expect(await versionsOf(ruleId)).toMatchObject({ approvedVersion: "1.0.0.0" });

  await act("restore", ruleId, { mayWithdraw: true });
  expect(await versionsOf(ruleId)).toMatchObject({ approvedVersion: null });
});

test("deletes the rule and keeps its history on remove", async () => {
  const ruleId = await anApprovedRule(pool, "1.0.0.0");
  await act("remove", ruleId);
  expect(await findRule(db, ruleId)).toBeNull();
  expect(await db.ruleEvent.count({ where: { ruleId } })).toBe(3);
});

test("reports each rule as changed, skipped or failed, with a reason", async () => {
  const pending = await aPendingRule(pool, "1.0.0.1");
  const other = { ...anUpdate().hardware, model: "CX500" };
  const [nothing] = await importInto([pool], [anUpdate({ hardware: other })], "other.cab");
  const approved = nothing?.ruleId ?? "";
  await act("approve", approved);
  const gone = "00000000-0000-4000-8000-00000000dead";

  const report = await reviewRules(
    aContext(),
    reviewInput.parse({
      action: "approve",
      rules: [{ ruleId: pending }, { ruleId: approved }, { ruleId: gone }],
    }),
  );

  expect(report.changed.map((rule) => rule.ruleId)).toEqual([pending]);
  expect(report.skipped).toMatchObject([{ ruleId: approved, reason: "nothing_pending" }]);
  expect(report.failed).toMatchObject([{ ruleId: gone, code: "not_found", label: null }]);
});

test("refuses a review of a rule that has changed since it was shown, without an audit entry", async () => {
  const ruleId = await aPendingRule(pool);
  await act("approve", ruleId, { rules: [{ ruleId, generation: 1 }] });
  const entriesBefore = await db.auditEntry.count();

  const late = await act("reset", ruleId, { rules: [{ ruleId, generation: 1 }] });

  expect(late.failed).toMatchObject([{ ruleId, code: "conflict" }]);
  expect(await db.auditEntry.count()).toBe(entriesBefore);
});

test("does not replace the releases of a rule that has changed since it was read", async () => {
  const ruleId = await aPendingRule(pool);
  const seen = await findRule(db, ruleId);
  if (seen === null) {
    throw new Error("the rule is not there");
  }
  await replaceReleases(db, seen, { ...seen, pending: null });

  const stored = await replaceReleases(db, seen, { ...seen, approved: seen.pending });

  expect(stored).toBe(false);
  expect(await findRule(db, ruleId)).toMatchObject({ approved: null });
});

test.each(["approve", "reset", "restore", "remove"] as const)(
  "refuses %s by a viewer",
  async (action) => {
    const ruleId = await aPendingRule(pool);
    const attempt = reviewRules(
      aContext({ role: "viewer" }),
      reviewInput.parse({ action, rules: [{ ruleId }] }),
    );
    await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
  },
);

test("allows an operator to approve but not to remove", async () => {
  const ruleId = await aPendingRule(pool);
  const operator = aContext({ role: "operator" });
  const rules = [{ ruleId }];
  const approval = await reviewRules(operator, reviewInput.parse({ action: "approve", rules }));
  expect(approval.changed).toHaveLength(1);
  await expect(
    reviewRules(operator, reviewInput.parse({ action: "remove", rules })),
  ).rejects.toMatchObject({ code: "forbidden" });
});

test("previews the changes without making them", async () => {
  const ruleId = await anApprovedRule(pool, "1.0.0.2");
  await aPendingRule(pool, "1.0.0.1");
  const before = await findRule(db, ruleId);

  const report = await previewReview(
    aContext({ role: "viewer" }),
    reviewInput.parse({ action: "approve", rules: [{ ruleId }] }),
  );

  expect(report.changed).toMatchObject([
    {
      isDowngrade: true,
      before: { approvedVersion: "1.0.0.2" },
      after: { approvedVersion: "1.0.0.1" },
      eventId: null,
    },
  ]);
  expect(await findRule(db, ruleId)).toEqual(before);
});

test("records actor, action, time and reason in the history and in an intact audit trail", async () => {
  const ruleId = await aPendingRule(pool);
  await act("approve", ruleId, { reason: "tried on three phones" });

  const details = await findRuleDetails(aContext(), ruleId);
  expect(details?.events[0]).toMatchObject({
    verb: "approved",
    actorName: "anna",
    reason: "tried on three phones",
    before: { approved: null },
    after: { approved: { version: "4.0.7577.4387" } },
  });
  const { entries } = await listAuditEntries(aContext(), ANY_ENTRY);
  expect(entries[0]).toMatchObject({
    action: "rule.approved",
    reason: "tried on three phones",
    facts: { approvedVersion: "4.0.7577.4387", pendingVersionBefore: "4.0.7577.4387" },
  });
  expect(await verifyAudit(aContext())).toMatchObject({ outcome: "intact" });
});
