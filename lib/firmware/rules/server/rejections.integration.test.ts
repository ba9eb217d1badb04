import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { listAuditEntries } from "#foundation/audit/server/list-audit-entries";
import { imageKey } from "#foundation/core/hardware";
import { aContext } from "#foundation/core/testing/contexts";
import { db, inTransaction } from "#foundation/platform/db/client";
import { migrationsDirectory } from "#foundation/platform/db/migrations-directory";
import { emptyTables } from "#foundation/platform/testing/database";
import type { Pool } from "#fleet/pools/model";
import { toRuleRecord } from "#firmware/rules/rule-record";
import { reviewInput } from "#firmware/rules/schema";
import { ALL_RULES } from "#firmware/rules/search-params";
import { findRuleDetails } from "#firmware/rules/server/find-rule";
import { previewImport } from "#firmware/rules/server/import-releases";
import { listAllRules } from "#firmware/rules/server/list-all-rules";
import { listRuleEvents } from "#firmware/rules/server/list-rule-events";
import { listRules } from "#firmware/rules/server/list-rules";
import { previewReview, reviewRules } from "#firmware/rules/server/review-rules";
import { undoReview } from "#firmware/rules/server/undo-review";
import {
  CX600,
  aPendingRule,
  aPool,
  act,
  anApprovedRule,
  anUpdate,
  importInto,
} from "#firmware/rules/testing/rules";

const OLD = "1.0.0.0";
const BAD = "1.0.0.1";

let pool: Pool;
let other: Pool;

beforeEach(async () => {
  await emptyTables();
  pool = await aPool();
  other = await aPool("pool02.contoso.com");
});

async function rejectionsOf(ruleId: string) {
  const details = await findRuleDetails(aContext(), ruleId);
  return details?.rejections ?? [];
}

async function undoLast(ruleId: string) {
  const [event] = await listRuleEvents(aContext(), ruleId);
  return undoReview(aContext(), { eventId: event?.id ?? "", reason: "a mistake" });
}

test("marks a rejected version in every pool, with who, where, when and why", async () => {
  const ruleId = await aPendingRule(pool, BAD);
  await act("reset", ruleId, { reason: "display flickers" });

  const elsewhere = await aPendingRule(other, BAD);

  const mark = {
    version: BAD,
    kind: "rejected",
    poolFqdn: "pool01.contoso.com",
    rejectedBy: "anna",
    reason: "display flickers",
    rejectedAt: aContext().now,
  };
  const { rules } = await listRules(aContext(), { view: "pending", search: ALL_RULES });
  expect(rules).toMatchObject([{ id: elsewhere, pending: { rejection: mark } }]);
  expect(rules.map(toRuleRecord)).toMatchObject([{ rejections: [mark] }]);
  expect(await listAllRules(aContext())).toContainEqual(rules[0]);
  expect(await rejectionsOf(elsewhere)).toEqual([{ ...mark, ended: null }]);
});

test("reports the rejection when the version is imported again, also in a preview", async () => {
  await act("reset", await aPendingRule(pool, BAD));
  const rejection = { version: BAD, kind: "rejected", poolFqdn: "pool01.contoso.com" };

  const preview = await inTransaction((tx) =>
    previewImport(tx, aContext(), { updates: [anUpdate({ version: BAD })], pools: [other] }),
  );
  const [again, unmarked] = await importInto(
    [pool],
    [anUpdate({ version: BAD }), anUpdate({ version: OLD, updateType: "OTHER" })],
  );

  expect(preview).toMatchObject([{ outcome: "created", rejection }]);
  expect(again).toMatchObject({ outcome: "pending", rejection });
  expect(unmarked).toMatchObject({ outcome: "created", rejection: null });
});

test("approves a rejected version only if told to, and ends its rejections with that record", async () => {
  const ruleId = await anApprovedRule(pool, OLD, BAD);
  await act("restore", ruleId, { reason: "phones restart" });
  const elsewhere = await aPendingRule(other, BAD);

  const refused = await act("approve", elsewhere);
  expect(refused.changed).toEqual([]);
  expect(refused.failed).toMatchObject([{ ruleId: elsewhere, code: "rejected_version" }]);
  expect(refused.failed[0]?.message).toMatch(
    /^Version 1\.0\.0\.1 was rolled back in pool01\.contoso\.com by anna .*“phones restart”.*evenIfRejected/,
  );

  const approved = await act("approve", elsewhere, {
    evenIfRejected: true,
    reason: "fixed on the switch",
  });
  expect(approved.changed).toMatchObject([
    { ruleId: elsewhere, inSpiteOf: { kind: "rolled_back", reason: "phones restart" } },
  ]);
  expect(await rejectionsOf(elsewhere)).toMatchObject([
    { version: BAD, ended: { by: "anna", reason: "fixed on the switch", isUndo: false } },
  ]);
  const { entries } = await listAuditEntries(aContext(), {
    q: "",
    kind: [],
    subject: "",
    order: "desc",
    page: 1,
  });
  expect(entries[0]).toMatchObject({
    action: "rule.approved",
    facts: { inSpiteOf: ["pool01.contoso.com", "anna", expect.any(String), "phones restart"] },
  });
  // Without a mark nothing is asked any more.
  const { failed } = await act("restore", ruleId, { targetVersion: BAD });
  expect(failed).toEqual([]);
});

test("approves the other rules of a selection and reports the rejected versions", async () => {
  await act("reset", await aPendingRule(pool, BAD));
  const rejected = await aPendingRule(other, BAD);
  const cx500 = { ...CX600, model: "CX500" };
  const [fine] = await importInto([other], [anUpdate({ hardware: cx500 })], "cx500.cab");
  const rules = [{ ruleId: rejected }, { ruleId: fine?.ruleId ?? "" }];

  const asked = await previewReview(
    aContext(),
    reviewInput.parse({ action: "approve", rules, evenIfRejected: true }),
  );
  const report = await reviewRules(aContext(), reviewInput.parse({ action: "approve", rules }));

  expect(asked.changed).toMatchObject([
    { ruleId: rejected, inSpiteOf: { version: BAD } },
    { ruleId: fine?.ruleId, inSpiteOf: null },
  ]);
  expect(report.changed.map(({ ruleId }) => ruleId)).toEqual([fine?.ruleId]);
  expect(report.failed).toMatchObject([{ ruleId: rejected, code: "rejected_version" }]);
});

test("asks before a restore approves a version that was rejected", async () => {
  const ruleId = await anApprovedRule(pool, OLD, BAD);
  await act("restore", ruleId);

  const refused = await act("restore", ruleId, { targetVersion: BAD });
  expect(refused.failed).toMatchObject([{ code: "rejected_version" }]);
  const restored = await act("restore", ruleId, { targetVersion: BAD, evenIfRejected: true });
  expect(restored.changed).toHaveLength(1);
});

test("ends the rejection when it is undone, and rejects a version whose approval is undone", async () => {
  const ruleId = await aPendingRule(pool, BAD);
  await act("reset", ruleId);
  await undoLast(ruleId);
  expect(await rejectionsOf(ruleId)).toMatchObject([{ ended: { isUndo: true } }]);

  expect((await act("approve", ruleId)).failed).toEqual([]);
  await undoLast(ruleId);
  expect(await rejectionsOf(ruleId)).toMatchObject([
    { kind: "approval_undone", reason: "a mistake", ended: null },
    { kind: "rejected", ended: { isUndo: true } },
  ]);
});

test("the migration finds in the history what the program records", async () => {
  const ruleId = await anApprovedRule(pool, OLD, "1.0.0.9", "1.0.0.10");
  await act("restore", ruleId);
  await act("restore", ruleId, { targetVersion: "1.0.0.10", evenIfRejected: true });
  await act("restore", ruleId, { targetVersion: OLD });
  await act("reset", await aPendingRule(other, BAD));
  const elsewhere = await aPendingRule(other, "1.0.0.2");
  await act("reset", elsewhere);
  await undoLast(elsewhere);
  await act("approve", elsewhere);
  await undoLast(elsewhere);
  await act("restore", ruleId, { targetVersion: "1.0.0.9" });
  const recorded = await db.rejectedVersion.findMany({ orderBy: { eventId: "asc" } });

  await db.rejectedVersion.deleteMany();
  const path = join(migrationsDirectory(), "20261128201310_rejected_versions", "migration.sql");
  const sql = await readFile(path, "utf8");
  for (const statement of sql.slice(sql.indexOf("INSERT INTO")).split(/;\n/)) {
    if (statement.trim() !== "") {
      await db.$executeRawUnsafe(statement);
    }
  }

  expect(recorded.map(({ version }) => version)).toEqual([
    "1.0.0.10",
    "1.0.0.10",
    BAD,
    "1.0.0.2",
    "1.0.0.2",
  ]);
  expect(await db.rejectedVersion.findMany({ orderBy: { eventId: "asc" } })).toEqual(recorded);
});

test("reads the marks of 10,000 kinds of images through an index", async () => {
  const keys = Array.from({ length: 10_000 }, (_, index) =>
    imageKey({ ...CX600, model: `M${index}` }, "CPE"),
  );
  await act("reset", await aPendingRule(pool, BAD));
  const [event] = await db.ruleEvent.findMany({ where: { verb: "reset" } });
  await db.$executeRaw`
    INSERT INTO "RuleEvent" ("ruleId", "poolId", "identity", "verb", "generation", "rule", "actorName", "at")
    SELECT "ruleId", "poolId", "identity", "verb", number, "rule", "actorName", "at"
    FROM "RuleEvent", generate_series(1, 10000) AS number WHERE "id" = ${event?.id}`;
  await db.$executeRaw`
    INSERT INTO "RejectedVersion" ("eventId", "hardwareKey", "version", "endedById")
    SELECT "id", (${keys}::text[])[1 + "id" % 10000], '1.0.0.1', "id" FROM "RuleEvent"
    WHERE "id" > ${event?.id}`;
  await db.$executeRaw`ANALYZE "RejectedVersion"`;

  const plan = await db.$queryRaw<{ "QUERY PLAN": string }[]>`
    EXPLAIN SELECT "eventId" FROM "RejectedVersion"
    WHERE "endedById" IS NULL AND "hardwareKey" = ANY(${keys.slice(0, 50)}::text[])`;

  expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).toContain("Index");
});
