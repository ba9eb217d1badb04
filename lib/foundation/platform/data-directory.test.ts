import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { prepareDataDirectory, requireFreeSpace } from "#foundation/platform/data-directory";
import { explainUnwritable } from "#foundation/platform/explain-unwritable";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ucupdates-data-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

test("creates the directory and leaves no file in it", async () => {
  const below = join(directory, "a", "b");

  await prepareDataDirectory(below);

  expect(await readdir(below)).toEqual([]);
});

test("says what to do if a file has the name of the directory", async () => {
  const file = join(directory, "data");
  writeFileSync(file, "");

  await expect(prepareDataDirectory(file)).rejects.toThrow(
    `The data directory ${file} cannot be used: there is a file of that name: choose another DATA_DIRECTORY.`,
  );
});

test.each([
  ["ENOSPC", "its disk is full: free some space and start again."],
  [
    "EACCES",
    "this account may not write there: start as its owner, or choose another DATA_DIRECTORY.",
  ],
  ["EROFS", "it is on a read-only disk: choose another DATA_DIRECTORY."],
])("says what to do about %s", (code, sentence) => {
  const error = Object.assign(new Error("system text"), { code });

  expect(explainUnwritable("/srv/data", error)).toBe(
    `The data directory /srv/data cannot be used: ${sentence}`,
  );
});

test("refuses a disk with less than 64 MiB of free space", () => {
  expect(() => {
    requireFreeSpace("/srv/data", 10 * 1024 ** 2);
  }).toThrow(
    "The disk that holds /srv/data is full (10 MiB are free): free at least 64 MiB and start again.",
  );
  expect(() => {
    requireFreeSpace("/srv/data", 64 * 1024 ** 2);
  }).not.toThrow();
});
