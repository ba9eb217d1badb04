import { beforeEach, expect, test } from "vitest";
import { aCatalog, aSigner } from "#formats/cab/catalog/testing/catalogs";
import { writeCabinet } from "#formats/cab/testing/cab-writer";
import { readFixture } from "#formats/cab/testing/read-all";
import { aContext } from "#foundation/core/testing/contexts";
import type { ImportJob } from "#firmware/imports/model";
import { cancelImport } from "#firmware/imports/server/cancel-import";
import { confirmImport } from "#firmware/imports/server/confirm-import";
import { describeImport } from "#firmware/imports/server/describe-import";
import { suggestImportDetails } from "#firmware/imports/server/find-import";
import { beginAttempt, findRun, moveRun } from "#firmware/imports/server/run-store";
import {
  NOTHING_VISIBLE,
  NOW,
  countVisible,
  emptyImports,
  importOf,
  listStaging,
  requireFailure,
  requireImport,
  run,
  someDetails,
  startImportOf,
} from "#firmware/imports/testing/imports";
import {
  aNestedPackage,
  anImage,
  anUndescribedPackage,
  aPackage,
} from "#firmware/imports/testing/packages";
import { runImport } from "#firmware/imports/server/run-import";
import { db } from "#foundation/platform/db/client";
import { act, aPool } from "#firmware/rules/testing/rules";

beforeEach(async () => {
  await emptyImports();
  await aPool("pool01.contoso.com");
});

function requireReport(job: ImportJob) {
  if (job.state !== "succeeded") {
    throw new Error(`the import is ${job.state}: ${JSON.stringify(job)}`);
  }
  return job.report;
}

function outcomesOf(job: ImportJob) {
  return requireReport(job).rules.map((rule) => [rule.hardware.model, rule.poolFqdn, rule.outcome]);
}

async function ruleIdOf(job: ImportJob): Promise<string> {
  const ruleId = requireReport(job).rules[0]?.ruleId ?? null;
  expect(await db.updateRule.count({ where: { id: ruleId ?? "" } })).toBe(1);
  return ruleId ?? "";
}

test("creates rules for every phone of nested cabinets in every chosen pool, and cleans up", async () => {
  await aPool("pool02.contoso.com");

  const job = await importOf(aNestedPackage(["CX500", "CX600"]));

  expect(outcomesOf(job)).toEqual([
    ["CX500", "pool01.contoso.com", "created"],
    ["CX500", "pool02.contoso.com", "created"],
    ["CX600", "pool01.contoso.com", "created"],
    ["CX600", "pool02.contoso.com", "created"],
  ]);
  expect(await countVisible()).toEqual({
    rules: 4,
    releases: 2,
    packages: 1,
    events: 4,
    files: 2,
    staged: 0,
  });
});

test("stores why something was not read, with the values of the sentence", async () => {
  const unreadable = writeCabinet({
    folders: [
      {
        files: [
          { name: "sip.ld", data: "firmware" },
          { name: "updateInfo.xml", data: '<?xml version="1.0" encoding="UTF-7"?><a/>' },
        ],
      },
    ],
  });

  const asking = await importOf(unreadable);
  const done = await importOf(Buffer.concat([aPackage(), aPackage()]));

  expect(asking).toMatchObject({
    state: "needs_details",
    ignored: [{ code: "unknown_encoding", values: { encoding: "UTF-7" } }],
  });
  expect(requireReport(done).ignored).toMatchObject([{ code: "cabinet_behind", values: {} }]);
});

test("imports only into the chosen pools", async () => {
  await aPool("pool02.contoso.com");

  const job = await importOf(aPackage(), { pools: { fqdns: ["pool02.contoso.com"] } });

  expect(outcomesOf(job)).toEqual([["CX600", "pool02.contoso.com", "created"]]);
});

test("reports unchanged for a repeated import of the same package", async () => {
  await importOf(aPackage());
  const before = await countVisible();

  const again = await importOf(aPackage());

  expect(requireReport(again).rules).toMatchObject([{ outcome: "unchanged", because: "pending" }]);
  expect(await countVisible()).toEqual(before);
});

test("imports the same package again into a new pool", async () => {
  await importOf(aPackage());
  await aPool("pool02.contoso.com");

  const again = await importOf(aPackage());

  expect(outcomesOf(again)).toEqual([
    ["CX600", "pool01.contoso.com", "unchanged"],
    ["CX600", "pool02.contoso.com", "created"],
  ]);
  expect(await db.package.count()).toBe(1);
});

test("reports the replaced version, the approved version, and a downgrade", async () => {
  const first = await importOf(aPackage([{ model: "CX600", version: "4.0.0.2" }]));
  await act("approve", await ruleIdOf(first));
  await importOf(aPackage([{ model: "CX600", version: "4.0.0.3" }]));

  const older = await importOf(aPackage([{ model: "CX600", version: "4.0.0.1" }]));
  const same = await importOf(aPackage([{ model: "CX600", version: "4.0.0.2" }]));

  expect(requireReport(older).rules).toMatchObject([
    {
      outcome: "pending",
      version: "4.0.0.1",
      replacedVersion: "4.0.0.3",
      approvedVersion: "4.0.0.2",
      isDowngrade: true,
    },
  ]);
  expect(requireReport(same).rules).toMatchObject([{ outcome: "unchanged", because: "approved" }]);
});

test("stores the content byte for byte", async () => {
  const job = await importOf(aPackage([{ model: "CX600", version: "1.0" }]));

  expect(requireReport(job).updates).toMatchObject([
    { fileNames: ["CPE.nbt"], sizeBytes: 100_000, describedBy: "path" },
  ]);
  expect(await db.releaseFile.findFirst()).toMatchObject({ role: "image", sizeBytes: 100_000n });
});

test("waits for details of an undescribed package, and continues with them", async () => {
  const waiting = await importOf(anUndescribedPackage());
  expect(waiting).toMatchObject({
    state: "needs_details",
    undescribed: [{ path: "firmware/sip.ld", sizeBytes: 100_000 }],
    problem: null,
    failure: null,
  });
  expect(await countVisible()).toEqual({ ...NOTHING_VISIBLE, staged: 1 });

  await describeImport(aContext(), {
    importId: waiting.id,
    details: [someDetails(), someDetails({ model: "VVX500" })],
    leftOut: [],
  });
  const done = await run(waiting.id);

  expect(outcomesOf(done)).toEqual([
    ["VVX410", "pool01.contoso.com", "created"],
    ["VVX500", "pool01.contoso.com", "created"],
  ]);
  expect(requireReport(done).updates[0]).toMatchObject({ describedBy: "administrator" });
  expect(await countVisible()).toMatchObject({ files: 1, staged: 0 });
});

test("suggests earlier details for the next package of the same shape", async () => {
  const first = await importOf(anUndescribedPackage("5.4.0.1\\sip.ld", "one"));
  await describeImport(aContext(), {
    importId: first.id,
    details: [someDetails({ path: "5.4.0.1/sip.ld" })],
    leftOut: [],
  });
  await run(first.id);

  const next = await importOf(anUndescribedPackage("5.5.0.7\\sip.ld", "two"));

  expect(await suggestImportDetails(aContext(), next)).toMatchObject([
    { path: "5.5.0.7/sip.ld", lines: [{ brand: "Polycom", model: "VVX410", updateType: "FW" }] },
  ]);
});

test("does not ask again about a package that was answered before", async () => {
  const first = await importOf(anUndescribedPackage());
  await describeImport(aContext(), { importId: first.id, details: [someDetails()], leftOut: [] });
  await run(first.id);

  const again = await importOf(anUndescribedPackage());

  expect(requireReport(again).rules).toMatchObject([{ outcome: "unchanged" }]);
});

test("asks again, with the reason, if the answer cannot be used", async () => {
  const { id } = await importOf(anUndescribedPackage());
  const details = [someDetails(), someDetails({ path: "firmware/gone.ld" })];
  await describeImport(aContext(), { importId: id, details, leftOut: [] });

  const asked = await run(id);

  expect(asked).toMatchObject({
    state: "needs_details",
    failure: { code: "details_without_file", subject: "firmware/gone.ld" },
  });
  expect(asked.state === "needs_details" && asked.problem).toContain("gone.ld");
});

test("accepts only complete answers, and only while it waits for them", async () => {
  const { id: importId } = await importOf(anUndescribedPackage());

  await expect(
    describeImport(aContext(), { importId, details: [], leftOut: [] }),
  ).rejects.toMatchObject({
    code: "invalid_input",
    fields: [{ path: "firmware/sip.ld" }],
    reason: { code: "undescribed_file", path: "firmware/sip.ld" },
  });
  await describeImport(aContext(), { importId, details: [someDetails()], leftOut: [] });
  await expect(
    describeImport(aContext(), { importId, details: [someDetails()], leftOut: [] }),
  ).rejects.toMatchObject({ code: "invalid_state" });
});

test("fails if every image was left out, and keeps nothing", async () => {
  const { id: importId } = await importOf(anUndescribedPackage());
  await describeImport(aContext(), { importId, details: [], leftOut: ["firmware/sip.ld"] });

  expect(await run(importId)).toMatchObject({ state: "failed" });
  expect(await countVisible()).toEqual(NOTHING_VISIBLE);
});

test("treats a plain firmware file as a package with one image", async () => {
  const waiting = await importOf(anImage("plain"), { fileName: "3111-46157-002.sip.ld" });

  expect(waiting).toMatchObject({
    state: "needs_details",
    undescribed: [{ path: "3111-46157-002.sip.ld" }],
  });
  const details = [someDetails({ path: "3111-46157-002.sip.ld" })];
  await describeImport(aContext(), { importId: waiting.id, details, leftOut: [] });
  expect(outcomesOf(await run(waiting.id))).toEqual([["VVX410", "pool01.contoso.com", "created"]]);
});

test("reads LZX cabinets of another program", async () => {
  const job = await importOf(readFixture("lzx21-verbatim-e8.cab"));

  expect(["failed", "needs_details"]).toContain(job.state);
  expect(await countVisible()).toMatchObject({ rules: 0, files: 0 });
});

async function aPackageWithCatalog(digests: readonly string[]): Promise<Uint8Array> {
  const signer = await aSigner({ commonName: "Example Phones" });
  const catalog = await aCatalog({ signer, digests });
  return aPackage([{ model: "CX600", version: "1.0", catalog }]);
}

test("requires a reason for an image that its catalog does not confirm", async () => {
  const waiting = await importOf(await aPackageWithCatalog(["00".repeat(32)]));
  expect(waiting).toMatchObject({
    state: "needs_confirmation",
    mismatched: [{ catalogVerdict: "not_in_catalog", catalogSigner: "Example Phones" }],
  });
  expect(await countVisible()).toEqual({ ...NOTHING_VISIBLE, staged: 1 });

  await confirmImport(aContext(), { importId: waiting.id, reason: "Built in our laboratory." });
  const done = await run(waiting.id);

  expect(requireReport(done)).toMatchObject({
    mismatchReason: "Built in our laboratory.",
    updates: [{ catalogVerdict: "not_in_catalog" }],
  });
  expect(await db.auditEntry.findFirst({ where: { action: "import.described" } })).toMatchObject({
    reason: "Built in our laboratory.",
  });
});

test("keeps nothing of a cancelled import and does not run it", async () => {
  const { id: importId } = await startImportOf(aPackage());

  await cancelImport(aContext(), { importId });

  expect(await run(importId)).toMatchObject({ state: "cancelled" });
  expect(await countVisible()).toEqual(NOTHING_VISIBLE);
});

test("refuses to cancel a finished import", async () => {
  const { id: importId } = await importOf(aPackage());

  await expect(cancelImport(aContext(), { importId })).rejects.toMatchObject({
    code: "invalid_state",
  });
});

test("requeues the import on shutdown without counting the attempt", async () => {
  const { id: importId } = await startImportOf(aPackage());
  const stopping = AbortSignal.abort(new Error("stopping"));

  await expect(runImport({ importId, signal: stopping, now: () => NOW })).rejects.toThrow(
    "stopping",
  );

  expect(await findRun(db, importId)).toMatchObject({ import: { state: "queued" }, attempt: 0 });
  expect(await listStaging()).toHaveLength(1);
  expect(outcomesOf(await run(importId))).toHaveLength(1);
});

test("fails an import that was aborted three times", async () => {
  const { id: importId } = await startImportOf(aPackage());
  for (const attempt of [1, 2, 3]) {
    const found = await findRun(db, importId);
    expect(found && (await beginAttempt(db, found, NOW))).toMatchObject({ attempt });
  }

  expect(requireFailure(await run(importId))).toContain("3 times");
  expect(await countVisible()).toEqual(NOTHING_VISIBLE);
});

test("does not let an outdated run end the import", async () => {
  const { id: importId } = await startImportOf(aPackage());
  const queued = await findRun(db, importId);
  const first = queued && (await beginAttempt(db, queued, NOW));
  const second = first && (await beginAttempt(db, first, NOW));
  if (first === null || second === null) {
    throw new Error("both attempts begin");
  }

  expect(
    await moveRun(db, first, { to: "failed", error: "", failure: null, finishedAt: NOW }),
  ).toBe(false);
  expect(await beginAttempt(db, first, NOW)).toBeNull();
  expect(await requireImport(importId)).toMatchObject({ state: "unpacking" });
});

test("fails if the upload no longer exists", async () => {
  const { id: importId } = await startImportOf(aPackage());
  await db.importJob.update({ where: { id: importId }, data: { upload: "upload.gone.1.x" } });

  expect(requireFailure(await run(importId))).toContain("gone");
});
