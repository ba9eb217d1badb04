import { beforeEach, expect, test } from "vitest";
import { aContext } from "#foundation/core/testing/contexts";
import { fileStore } from "#firmware/files/server/file-store";
import { clearFiles } from "#firmware/imports/server/clear-files";
import { emptyImports, importOf, startImportOf } from "#firmware/imports/testing/imports";
import { aPackage } from "#firmware/imports/testing/packages";
import { db } from "#foundation/platform/db/client";
import { aPool } from "#firmware/rules/testing/rules";

beforeEach(async () => {
  await emptyImports();
  await aPool("pool01.contoso.com");
});

async function replacePendingVersion(): Promise<void> {
  await importOf(aPackage([{ model: "CX600", version: "1.0.0.0" }]));
  await importOf(aPackage([{ model: "CX600", version: "2.0.0.0" }]));
}

async function digestsOf(version: string): Promise<readonly string[]> {
  const files = await db.releaseFile.findMany({ where: { release: { version } } });
  return files.map(({ sha256 }) => sha256);
}

test("immediately removes content that only cleared releases referenced", async () => {
  await replacePendingVersion();
  const [old = ""] = await digestsOf("1.0.0.0");
  const [current = ""] = await digestsOf("2.0.0.0");

  const cleared = await clearFiles(aContext());

  expect(cleared).toMatchObject({ removedFiles: 1, isPostponed: false });
  expect(await fileStore().stat(old)).toBeNull();
  expect(await fileStore().stat(current)).not.toBeNull();
});

test("keeps content that a release of another phone also references", async () => {
  const image = Buffer.from("the same image for two phones");
  await importOf(aPackage([{ model: "CX600", version: "1.0.0.0", image }]));
  await importOf(aPackage([{ model: "CX700", version: "1.0.0.0", image }]));
  await importOf(aPackage([{ model: "CX600", version: "2.0.0.0" }]));
  const [shared = ""] = await digestsOf("1.0.0.0");

  const cleared = await clearFiles(aContext());

  expect(cleared).toMatchObject({ releases: [{ version: "1.0.0.0" }], removedFiles: 0 });
  expect(await fileStore().stat(shared)).not.toBeNull();
});

test("keeps content while an import is storing its own", async () => {
  await replacePendingVersion();
  const [old = ""] = await digestsOf("1.0.0.0");
  const { id } = await startImportOf(aPackage([{ model: "CX700", version: "1.0.0.0" }]));
  await db.importJob.update({ where: { id }, data: { state: "applying" } });

  const cleared = await clearFiles(aContext());

  expect(cleared).toMatchObject({ removedFiles: 0, isPostponed: true });
  expect(await fileStore().stat(old)).not.toBeNull();
});

test("refuses an actor without the permission to remove rules", async () => {
  await expect(clearFiles(aContext({ role: "operator" }))).rejects.toMatchObject({
    code: "forbidden",
  });
});
