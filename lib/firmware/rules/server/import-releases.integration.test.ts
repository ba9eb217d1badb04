import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import { db, inTransaction } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import type { Pool } from "#fleet/pools/model";
import { importReleases, previewImport } from "#firmware/rules/server/import-releases";
import { findRule } from "#firmware/rules/server/store";
import { CX600, aPool, act, anUpdate, importInto, sha256 } from "#firmware/rules/testing/rules";

let pool: Pool;

beforeEach(async () => {
  await emptyTables();
  pool = await aPool();
});

test("makes every update pending in every chosen pool", async () => {
  const second = await aPool("pool02.contoso.com");
  const outcomes = await importInto(
    [pool, second],
    [anUpdate(), anUpdate({ hardware: { ...CX600, model: "CX500" } })],
  );
  expect(
    outcomes.map((outcome) => [outcome.poolFqdn, outcome.hardware.model, outcome.outcome]),
  ).toEqual([
    ["pool01.contoso.com", "CX600", "created"],
    ["pool02.contoso.com", "CX600", "created"],
    ["pool01.contoso.com", "CX500", "created"],
    ["pool02.contoso.com", "CX500", "created"],
  ]);
  expect(await db.release.count()).toBe(2);
});

test("reports unchanged for a repeated import", async () => {
  await importInto([pool], [anUpdate()]);
  const events = await db.ruleEvent.count();

  const [again] = await importInto([pool], [anUpdate()]);

  expect(again).toMatchObject({ outcome: "unchanged", because: "pending" });
  expect(await db.ruleEvent.count()).toBe(events);
  expect(await db.package.count()).toBe(1);
});

test("keeps the restore version when the approved version is imported again", async () => {
  const [first] = await importInto([pool], [anUpdate({ version: "1.0" })], "a.cab");
  const ruleId = first?.ruleId ?? "";
  await act("approve", ruleId);
  await importInto([pool], [anUpdate({ version: "2.0" })], "b.cab");
  await act("approve", ruleId);

  const [again] = await importInto([pool], [anUpdate({ version: "2.0" })], "b.cab");

  expect(again).toMatchObject({ outcome: "unchanged", because: "approved" });
  expect(await findRule(db, ruleId)).toMatchObject({
    pending: null,
    restore: { version: "1.0" },
  });
});

test("replaces a pending version and records it", async () => {
  await importInto([pool], [anUpdate({ version: "1.0" })], "a.cab");
  const [second] = await importInto([pool], [anUpdate({ version: "2.0" })], "b.cab");
  expect(second).toMatchObject({ outcome: "pending", replacedVersion: "1.0" });
  const event = await db.ruleEvent.findFirst({ orderBy: { id: "desc" } });
  expect(event).toMatchObject({
    verb: "imported",
    before: { pending: { version: "1.0" } },
    after: { pending: { version: "2.0" } },
  });
});

test("accepts a version older than the approved one and reports a downgrade", async () => {
  const [first] = await importInto([pool], [anUpdate({ version: "2.0" })], "a.cab");
  await act("approve", first?.ruleId ?? "");
  const [older] = await importInto([pool], [anUpdate({ version: "1.0" })], "b.cab");
  expect(older).toMatchObject({ outcome: "pending", isDowngrade: true, approvedVersion: "2.0" });
});

test("treats POLYCOM and Polycom as the same brand", async () => {
  await importInto([pool], [anUpdate({ version: "1.0" })], "a.cab");
  const [second] = await importInto(
    [pool],
    [anUpdate({ version: "2.0", hardware: { ...CX600, brand: "Polycom" } })],
    "b.cab",
  );
  expect(second).toMatchObject({ outcome: "pending", replacedVersion: "1.0" });
  expect(await db.updateRule.count()).toBe(1);
});

const OTHER_CONTENT = [
  { role: "image", fileName: "CPE.nbt", sizeBytes: 7, sha256: sha256("other") },
] as const;

test("refuses different content for a version in use, and leaves nothing behind", async () => {
  await importInto([pool], [anUpdate()], "a.cab");
  const attempt = importInto([pool], [anUpdate({ files: OTHER_CONTENT })], "b.cab");
  await expect(attempt).rejects.toMatchObject({ code: "conflict" });
  expect(await db.package.count()).toBe(1);
});

test("accepts different content for a version that no rule holds", async () => {
  const [first] = await importInto([pool], [anUpdate()], "a.cab");
  await act("remove", first?.ruleId ?? "");
  const [second] = await importInto([pool], [anUpdate({ files: OTHER_CONTENT })], "b.cab");
  expect(second).toMatchObject({ outcome: "created" });
  expect(await db.releaseFile.findMany()).toMatchObject([{ sha256: sha256("other") }]);
});

test("imports a removed rule again as a new rule", async () => {
  const [first] = await importInto([pool], [anUpdate({ version: "1.0" })], "a.cab");
  await act("approve", first?.ruleId ?? "");
  await act("remove", first?.ruleId ?? "");
  const [again] = await importInto([pool], [anUpdate({ version: "1.0" })], "a.cab");
  expect(again).toMatchObject({ outcome: "created", approvedVersion: null });
});

test("previews the same outcome without writing", async () => {
  const request = { updates: [anUpdate()], pools: [pool] };
  const preview = await inTransaction((tx) => previewImport(tx, aContext(), request));
  expect(preview).toMatchObject([{ outcome: "created", ruleId: null, version: "4.0.7577.4387" }]);
  expect(await db.updateRule.count()).toBe(0);
});

test("refuses an import by an operator", async () => {
  const attempt = inTransaction((tx) =>
    importReleases(tx, aContext({ role: "operator" }), {
      package: { sha256: "0", fileName: "x.cab", sizeBytes: 1, notes: "" },
      updates: [],
      pools: [],
    }),
  );
  await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
});
