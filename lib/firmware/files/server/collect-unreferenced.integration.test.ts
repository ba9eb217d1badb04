import { createHash } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { FileStore, StoredFile } from "#firmware/files/model";
import { collectUnreferenced } from "#firmware/files/server/collect-unreferenced";
import { fileStore } from "#firmware/files/server/file-store";
import { retainContent } from "#firmware/files/server/retain-content";
import { makeWorkDirectory } from "#firmware/files/server/staging";
import { deleteBlobUnreferencedSince, holdBlobs } from "#firmware/files/server/store";
import { db, inTransaction } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";

const GRACE_DAYS = 7;

beforeEach(async () => {
  await emptyTables("Blob", "Package", "Release");
});

function day(number: number): Date {
  return new Date(Date.UTC(2026, 0, number));
}

async function aHeldFile(text: string): Promise<StoredFile> {
  const directory = await mkdtemp(join(await makeWorkDirectory(), "content-"));
  const stagedPath = join(directory, "content");
  await writeFile(stagedPath, text);
  const sha256 = createHash("sha256").update(text).digest("hex");
  await retainContent([{ sha256, sizeBytes: text.length, stagedPath }]);
  return { sha256, sizeBytes: text.length };
}

async function refer(
  tx: Pick<typeof db, "package" | "release">,
  { sha256, sizeBytes }: StoredFile,
) {
  const { id: packageId } = await tx.package.create({
    data: { sha256, fileName: "a.cab", sizeBytes, importedAt: day(1), importedBy: "admin" },
  });
  const file = { role: "image", fileName: "CPE.nbt", fileNameKey: "cpe.nbt", sha256, sizeBytes };
  await tx.release.create({
    data: {
      hardwareKey: sha256,
      version: "1.0",
      versionSortKey: "1",
      packageId,
      describedBy: "path",
      catalogVerdict: "no_catalog",
      files: { create: [file] },
    },
  });
}

async function isThere({ sha256 }: StoredFile): Promise<boolean> {
  const row = await db.blob.findUnique({ where: { sha256 } });
  const content = await fileStore().stat(sha256);
  expect(row === null).toBe(content === null);
  return row !== null;
}

test("removes content that was unreferenced for the grace period, and not before", async () => {
  const file = await aHeldFile("orphan");

  expect(await collectUnreferenced(day(1), GRACE_DAYS)).toBe(0);
  expect(await collectUnreferenced(day(7), GRACE_DAYS)).toBe(0);
  expect(await isThere(file)).toBe(true);
  expect(await collectUnreferenced(day(8), GRACE_DAYS)).toBe(1);
  expect(await isThere(file)).toBe(false);
});

test("keeps content that a release refers to", async () => {
  const file = await aHeldFile("in use");
  await refer(db, file);

  await collectUnreferenced(day(1), GRACE_DAYS);

  expect(await collectUnreferenced(day(30), GRACE_DAYS)).toBe(0);
  expect(await isThere(file)).toBe(true);
});

test("restarts the grace period for content that was referenced in between", async () => {
  const file = await aHeldFile("sometimes in use");
  await collectUnreferenced(day(1), GRACE_DAYS);
  await refer(db, file);
  await collectUnreferenced(day(5), GRACE_DAYS);
  await db.release.deleteMany();

  expect(await collectUnreferenced(day(20), GRACE_DAYS)).toBe(0);
  expect(await collectUnreferenced(day(27), GRACE_DAYS)).toBe(1);
});

test("keeps content that a running import holds, even after a long time without a reference", async () => {
  const file = await aHeldFile("comes back");
  await collectUnreferenced(day(1), GRACE_DAYS);
  await holdBlobs(db, [file]);

  expect(await collectUnreferenced(day(30), GRACE_DAYS)).toBe(0);
  expect(await isThere(file)).toBe(true);
});

test("does not remove content that a release references after it was listed", async () => {
  const file = await aHeldFile("just in time");
  await collectUnreferenced(day(1), GRACE_DAYS);
  await refer(db, file);

  expect(await deleteBlobUnreferencedSince(db, file.sha256, day(30))).toBe(false);
  expect(await isThere(file)).toBe(true);
});

test("makes an import wait for the collector and restore the content", async () => {
  const file = await aHeldFile("contested");
  await collectUnreferenced(day(1), GRACE_DAYS);
  const steps: string[] = [];
  const store = fileStore();
  let importing: Promise<unknown> = Promise.resolve();
  const storeThatIsMet: FileStore = {
    ...store,
    remove: async (sha256) => {
      // The row is deleted but not committed: the import that starts now must not treat the content as stored.
      importing = aHeldFile("contested").then(() => steps.push("held"));
      await store.remove(sha256);
      steps.push("removed");
    },
  };

  await collectUnreferenced(day(8), GRACE_DAYS, storeThatIsMet);
  await importing;

  expect(steps).toEqual(["removed", "held"]);
  expect(await isThere(file)).toBe(true);
});

test("lets the next import repair content whose collector crashed before it deleted the row", async () => {
  const file = await aHeldFile("half collected");
  await fileStore().remove(file.sha256);

  await aHeldFile("half collected");

  expect(await isThere(file)).toBe(true);
});

test("removes content only together with its row", async () => {
  const file = await aHeldFile("rolled back");
  await collectUnreferenced(day(1), GRACE_DAYS);
  const storeThatFails: FileStore = {
    ...fileStore(),
    remove: () => Promise.reject(new Error("disk error")),
  };

  await expect(collectUnreferenced(day(8), GRACE_DAYS, storeThatFails)).rejects.toThrow("disk");
  expect(await isThere(file)).toBe(true);
  await inTransaction(async (tx) => {
    await refer(tx, file);
  });
});
