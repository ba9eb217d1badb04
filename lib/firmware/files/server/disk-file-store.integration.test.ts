import { createHash, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { OpenedContent, StoredFile } from "#firmware/files/model";
import { toStream } from "#firmware/files/to-stream";
import { diskFileStore } from "#firmware/files/server/disk-file-store";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "ucupdates-files-"));
  await mkdir(join(directory, "staging"));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

function aStore() {
  return diskFileStore(join(directory, "files"));
}

async function aStagedFile(content: Uint8Array): Promise<{ path: string; file: StoredFile }> {
  const path = join(directory, "staging", randomUUID());
  await writeFile(path, content);
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { path, file: { sha256, sizeBytes: content.length } };
}

async function read(content: OpenedContent): Promise<Buffer> {
  if (content.kind === "problem") {
    throw new Error(`the content is ${content.problem}`);
  }
  return Buffer.from(await new Response(toStream(content.pieces)).arrayBuffer());
}

test("stores a staged file, returns its content, and removes the staged file", async () => {
  const content = Buffer.alloc(2_600_000, "firmware");
  const { path, file } = await aStagedFile(content);

  await aStore().put(path, file);

  expect(await read(await aStore().open(file.sha256))).toEqual(content);
  expect(await aStore().stat(file.sha256)).toEqual(file);
  await expect(stat(path)).rejects.toMatchObject({ code: "ENOENT" });
});

test.each([
  [0, 0],
  [0, 2_599_999],
  [1_048_575, 1_048_576],
  [2_599_990, 2_599_999],
])("returns the bytes from %d to %d", async (start, end) => {
  const content = Buffer.from(Array.from({ length: 2_600_000 }, (_, index) => index % 251));
  const { path, file } = await aStagedFile(content);
  await aStore().put(path, file);

  const part = await read(await aStore().open(file.sha256, { range: { start, end } }));

  expect(part).toEqual(content.subarray(start, end + 1));
});

test("stores and returns an empty file", async () => {
  const { path, file } = await aStagedFile(Buffer.alloc(0));
  await aStore().put(path, file);

  expect(await read(await aStore().open(file.sha256))).toHaveLength(0);
});

test("stores the same content once", async () => {
  const first = await aStagedFile(Buffer.from("firmware"));
  const second = await aStagedFile(Buffer.from("firmware"));

  await aStore().put(first.path, first.file);
  await aStore().put(second.path, second.file);

  expect(await readdir(join(directory, "staging"))).toEqual([]);
  expect(await readdir(join(directory, "files", first.file.sha256.slice(0, 2)))).toEqual([
    first.file.sha256,
  ]);
});

test("refuses a staged file with a different size than declared", async () => {
  const { path, file } = await aStagedFile(Buffer.from("firmware"));

  await expect(aStore().put(path, { ...file, sizeBytes: 9 })).rejects.toThrow("8 bytes");
  expect(await aStore().stat(file.sha256)).toBeNull();
});

test("replaces truncated content", async () => {
  const { path, file } = await aStagedFile(Buffer.from("firmware"));
  const folder = join(directory, "files", file.sha256.slice(0, 2));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, file.sha256), "firm");

  await aStore().put(path, file);

  expect(String(await read(await aStore().open(file.sha256)))).toBe("firmware");
});

test("fails for truncated content and serves it again after a repair", async () => {
  const content = Buffer.alloc(600_000, "cut");
  const { path, file } = await aStagedFile(content);
  await aStore().put(path, file);
  const stored = join(directory, "files", file.sha256.slice(0, 2), file.sha256);
  await writeFile(stored, content.subarray(0, 300_000));
  const range = { start: 0, end: content.length - 1 };
  await expect(async () => read(await aStore().open(file.sha256, { range }))).rejects.toThrow();

  const again = await aStagedFile(content);
  await aStore().put(again.path, again.file);

  expect(await read(await aStore().open(file.sha256))).toEqual(content);
});

test("reports content that does not exist as missing", async () => {
  const sha256 = "0".repeat(64);

  expect(await aStore().open(sha256)).toEqual({ kind: "problem", problem: "missing" });
  expect(await aStore().stat(sha256)).toBeNull();
  await aStore().remove(sha256);
});

test("refuses every name that is not a digest", async () => {
  await expect(async () => aStore().open("../../etc/passwd")).rejects.toThrow("SHA-256");
  await expect(async () => aStore().remove("A".repeat(64))).rejects.toThrow("SHA-256");
});

test("closes the file descriptor when a receiver stops reading", async () => {
  const { path, file } = await aStagedFile(Buffer.alloc(2_000_000));
  await aStore().put(path, file);
  const before = (await readdir("/proc/self/fd")).length;

  for (let index = 0; index < 20; index += 1) {
    const content = await aStore().open(file.sha256);
    for await (const piece of content.kind === "sound" ? content.pieces : []) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
  }

  expect((await readdir("/proc/self/fd")).length).toBeLessThan(before + 5);
});

test("makes content readable for the group and for no other account", async () => {
  const { path, file } = await aStagedFile(Buffer.from("firmware"));

  await aStore().put(path, file);

  const shard = join(directory, "files", file.sha256.slice(0, 2));
  expect((await stat(join(shard, file.sha256))).mode & 0o777).toBe(0o640);
  expect((await stat(shard)).mode & 0o777).toBe(0o750);
  expect((await stat(join(directory, "files"))).mode & 0o777).toBe(0o750);
});
