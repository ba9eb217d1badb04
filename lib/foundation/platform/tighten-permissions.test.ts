import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, expect, test } from "vitest";
import { prepareDataDirectory } from "#foundation/platform/data-directory";

let directory: string;
let umask: number;

beforeEach(() => {
  umask = process.umask(0o022);
  directory = mkdtempSync(join(tmpdir(), "ucupdates-modes-"));
});

afterEach(() => {
  process.umask(umask);
  rmSync(directory, { recursive: true });
});

function modeOf(...path: readonly string[]): string {
  return (statSync(join(directory, ...path)).mode & 0o777).toString(8);
}

function addDirectory(...path: readonly string[]): void {
  mkdirSync(join(directory, ...path), { recursive: true });
  chmodSync(join(directory, ...path), 0o755);
}

function addFile(...path: readonly string[]): void {
  writeFileSync(join(directory, ...path), "content");
  chmodSync(join(directory, ...path), 0o644);
}

test("closes a new data directory, and files that are created later, to other accounts", async () => {
  await prepareDataDirectory(join(directory, "data"));

  expect(modeOf("data")).toBe("700");
  writeFileSync(join(directory, "data", "later"), "");
  expect(modeOf("data", "later")).toBe("600");
});

test("closes a data directory that an earlier version left open", async () => {
  chmodSync(directory, 0o755);
  addDirectory("files", "ab");
  addFile("files", "ab", "content");
  addDirectory("Logs", "Client", "CELog");
  addFile("Logs", "Client", "CELog", "phone.clg");
  addDirectory("staging");
  addFile("staging", "upload.host.1.id");
  addFile("session-secret");
  addFile("instance-id");

  await prepareDataDirectory(directory);

  expect(modeOf()).toBe("700");
  expect(modeOf("files", "ab")).toBe("750");
  expect(modeOf("files", "ab", "content")).toBe("640");
  expect(modeOf("Logs", "Client", "CELog")).toBe("700");
  expect(modeOf("Logs", "Client", "CELog", "phone.clg")).toBe("600");
  expect(modeOf("staging", "upload.host.1.id")).toBe("600");
  expect(modeOf("session-secret")).toBe("600");
  expect(modeOf("instance-id")).toBe("600");
});

test("does not change entries of others, or targets of links", async () => {
  addDirectory("postgres");
  addFile("postgres", "cluster");
  addDirectory("elsewhere");
  addFile("elsewhere", "file");
  symlinkSync(join(directory, "elsewhere"), join(directory, "files"));

  await prepareDataDirectory(directory);

  expect(modeOf("postgres")).toBe("755");
  expect(modeOf("postgres", "cluster")).toBe("644");
  expect(modeOf("elsewhere", "file")).toBe("644");
});

test("adds no permission that an administrator removed", async () => {
  addDirectory("files");
  addFile("files", "content");
  chmodSync(join(directory, "files", "content"), 0o400);

  await prepareDataDirectory(directory);

  expect(modeOf("files", "content")).toBe("400");
});
