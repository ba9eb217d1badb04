import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import type { Pool } from "#fleet/pools/model";
import { clearReleases, listUnreferencedReleases } from "#firmware/rules/server/clear-releases";
import { undoReview } from "#firmware/rules/server/undo-review";
import { aPendingRule, aPool, act, anApprovedRule } from "#firmware/rules/testing/rules";

let pool: Pool;

beforeEach(async () => {
  await emptyTables();
  pool = await aPool();
});

test("keeps approved, pending and restore versions of all pools", async () => {
  await anApprovedRule(pool, "1.0.0.0", "2.0.0.0", "3.0.0.0");
  await aPendingRule(pool, "4.0.0.0");
  const other = await aPool("pool02.contoso.com");
  await aPendingRule(other, "1.0.0.0");

  expect(await clearReleases(aContext())).toEqual([]);

  expect(await db.release.count()).toBe(4);
});

test("deletes exactly the listed unreferenced releases and records them", async () => {
  await anApprovedRule(pool, "1.0.0.0", "2.0.0.0", "3.0.0.0");
  const announced = await listUnreferencedReleases(aContext());

  const cleared = await clearReleases(aContext());

  expect(cleared).toEqual(announced);
  expect(cleared).toMatchObject([{ version: "1.0.0.0", sizeBytes: 1010 }]);
  const left = await db.release.findMany({ orderBy: { version: "asc" } });
  expect(left.map(({ version }) => version)).toEqual(["2.0.0.0", "3.0.0.0"]);
  expect(await db.auditEntry.findMany({ where: { subjectKind: "release" } })).toMatchObject([
    { action: "release.cleared", subjectName: "ucphone/polycom/cx600/a/enu/cpe 1.0.0.0" },
  ]);
});

test("deletes and records nothing the second time", async () => {
  await anApprovedRule(pool, "1.0.0.0", "2.0.0.0", "3.0.0.0");
  await clearReleases(aContext());
  const before = await db.auditEntry.count();

  expect(await clearReleases(aContext())).toEqual([]);

  expect(await db.auditEntry.count()).toBe(before);
});

test("refuses to undo a rejection whose releases were cleared", async () => {
  const ruleId = await aPendingRule(pool, "1.0.0.0");
  const { changed } = await act("reset", ruleId);
  await clearReleases(aContext());

  const late = undoReview(aContext(), { eventId: changed[0]?.eventId ?? "", reason: "" });

  await expect(late).rejects.toMatchObject({ code: "invalid_state" });
});

test.each(["operator", "viewer"] as const)("refuses the role %s", async (role) => {
  await expect(clearReleases(aContext({ role }))).rejects.toMatchObject({ code: "forbidden" });
});
