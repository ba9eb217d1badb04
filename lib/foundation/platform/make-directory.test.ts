import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeDirectory, makeDirectorySync } from "#foundation/platform/make-directory";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "ucupdates-make-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

test("creates the directories above, also if several callers do at the same time", async () => {
  const path = join(directory, "a", "b", "c");

  const calls = await Promise.all([1, 2, 3].map(() => makeDirectory(path, 0o700)));

  expect(calls.filter((isNew) => isNew)).toHaveLength(1);
  expect(await makeDirectory(path, 0o700)).toBe(false);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test("creates the directories above without waiting", () => {
  const path = join(directory, "a", "b", "c");

  makeDirectorySync(path, 0o700);
  makeDirectorySync(path, 0o700);

  expect(statSync(join(directory, "a")).mode & 0o777).toBe(0o700);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test("throws if a file is in the way", async () => {
  const file = join(directory, "file");
  writeFileSync(file, "");

  await expect(makeDirectory(file)).rejects.toMatchObject({ code: "EEXIST" });
  await expect(makeDirectory(join(file, "below"))).rejects.toMatchObject({ code: "ENOTDIR" });
});

test("throws where no name can be created", async () => {
  await expect(makeDirectory("/proc/ucupdates/data")).rejects.toMatchObject({ code: "ENOENT" });
  expect(() => {
    makeDirectorySync("/proc/ucupdates/data");
  }).toThrow("ENOENT");
});
