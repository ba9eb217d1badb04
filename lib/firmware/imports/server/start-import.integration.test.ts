import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import { startInput } from "#firmware/imports/schema";
import { listImports } from "#firmware/imports/server/list-imports";
import { previewPackage } from "#firmware/imports/server/preview-package";
import { startImport } from "#firmware/imports/server/start-import";
import {
  NOTHING_VISIBLE,
  aBody,
  countVisible,
  emptyImports,
  importOf,
  run,
  someDetails,
  startImportOf,
} from "#firmware/imports/testing/imports";
import { aPackage, anUndescribedPackage } from "#firmware/imports/testing/packages";
import { db } from "#foundation/platform/db/client";
import { aPool } from "#firmware/rules/testing/rules";

beforeEach(async () => {
  await emptyImports();
  await aPool("pool01.contoso.com");
});

const START = {
  ...startInput.parse({ fileName: "UCUpdates.cab", pools: { all: true } }),
  announcedBytes: null,
};

async function* aBodyThatMustNotBeRead(): AsyncGenerator<Uint8Array> {
  yield await Promise.reject(new Error("the body was read"));
}

test.each(["viewer", "operator"] as const)("refuses a %s before reading a byte", async (role) => {
  const starting = startImport(aContext({ role }), { ...START, body: aBodyThatMustNotBeRead() });

  await expect(starting).rejects.toMatchObject({ code: "forbidden" });
});

test("refuses a pool that does not exist before reading a byte", async () => {
  const pools = { fqdns: ["pool99.contoso.com"] };
  const starting = startImport(aContext(), { ...START, pools, body: aBodyThatMustNotBeRead() });

  await expect(starting).rejects.toMatchObject({
    code: "invalid_input",
    message: "There is no pool named pool99.contoso.com.",
    reason: { code: "unknown_pool", fqdn: "pool99.contoso.com" },
  });
});

test("refuses an empty file and keeps nothing", async () => {
  await expect(startImportOf(new Uint8Array())).rejects.toMatchObject({
    code: "invalid_input",
    reason: { code: "upload_empty" },
  });
  expect(await countVisible()).toEqual(NOTHING_VISIBLE);
});

test("inserts the import with its job and its audit entry", async () => {
  const job = await startImportOf(aPackage(), { notes: "from the vendor" });

  expect(job).toMatchObject({ state: "queued", notes: "from the vendor" });
  expect(await db.$queryRaw`select task_identifier from graphile_worker.jobs`).toEqual([
    { task_identifier: "import" },
  ]);
  expect(await db.auditEntry.findFirst({ where: { subjectId: job.id } })).toMatchObject({
    action: "import.started",
    facts: { pools: ["pool01.contoso.com"] },
  });
});

test("uses the answers that come with a package, without asking and without its client", async () => {
  const details = [someDetails({ path: "sip.ld" })];
  const { id } = await startImportOf(anUndescribedPackage("sip.ld"), { details });

  expect(await run(id)).toMatchObject({ state: "succeeded", answers: { details } });

  const entries = await db.auditEntry.findMany({
    where: { subjectId: id },
    orderBy: { id: "asc" },
  });
  expect(entries.map(({ action }) => action)).toEqual([
    "import.started",
    "import.described",
    "import.succeeded",
  ]);
});

test("lists imports with search, filter, sort and page", async () => {
  await importOf(aPackage(), { fileName: "first.cab" });
  await importOf(Buffer.from("no cabinet"), { fileName: "second.cab" });
  const search = { q: "", state: [], sort: "fileName", order: "desc", page: 1 } as const;

  const all = await listImports(aContext({ role: "viewer" }), search);
  const failed = await listImports(aContext(), { ...search, state: ["failed"] });
  const found = await listImports(aContext(), { ...search, q: "FIRST" });

  expect(all.imports.map(({ fileName }) => fileName)).toEqual(["second.cab", "first.cab"]);
  expect(failed).toMatchObject({ total: 1, imports: [{ fileName: "second.cab" }] });
  expect(found).toMatchObject({ total: 1, imports: [{ fileName: "first.cab" }] });
});

const PREVIEW = {
  ...START,
  signal: new AbortController().signal,
} as const;

test("previews the result of an import without changing anything", async () => {
  const preview = await previewPackage(aContext(), { ...PREVIEW, body: aBody(aPackage()) });

  expect(preview).toMatchObject({
    state: "succeeded",
    rules: [{ outcome: "created", ruleId: null }],
  });
  expect(await countVisible()).toEqual(NOTHING_VISIBLE);
  expect(await db.importJob.count()).toBe(0);
});

test("asks the same question in a preview as in an import, and throws for the same packages", async () => {
  const body = aBody(anUndescribedPackage());
  expect(await previewPackage(aContext(), { ...PREVIEW, body })).toMatchObject({
    state: "needs_details",
  });

  const letter = aBody(Buffer.from("This is a letter."));
  await expect(previewPackage(aContext(), { ...PREVIEW, body: letter })).rejects.toMatchObject({
    code: "unsupported_cabinet",
  });
  expect(await countVisible()).toEqual(NOTHING_VISIBLE);
});

test("a preview uses the answers of an earlier import of the same bytes, as the import does", async () => {
  const details = [someDetails({ path: "sip.ld" })];
  await importOf(anUndescribedPackage("sip.ld"), { details });

  const body = aBody(anUndescribedPackage("sip.ld"));
  expect(await previewPackage(aContext(), { ...PREVIEW, body })).toMatchObject({
    state: "succeeded",
    rules: [{ outcome: "unchanged" }],
  });
});
