import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FileStore, OpenedContent, StoredFile } from "#firmware/files/model";
import { problemOf } from "#firmware/files/server/content-file";
import { diskFileStore } from "#firmware/files/server/disk-file-store";
import { DAMAGES, flipByte } from "#firmware/files/testing/damage";

let directory: string;
let store: FileStore;
let content: Buffer;
let file: StoredFile;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "ucupdates-content-"));
  await mkdir(join(directory, "staging"));
  store = diskFileStore(join(directory, "files"));
  content = randomBytes(700_000);
  file = { sha256: createHash("sha256").update(content).digest("hex"), sizeBytes: content.length };
  path = join(directory, "files", file.sha256.slice(0, 2), file.sha256);
  await store.put(await stage(content), file);
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function stage(bytes: Uint8Array): Promise<string> {
  const staged = join(directory, "staging", randomUUID());
  await writeFile(staged, bytes);
  return staged;
}

async function read(opened: OpenedContent): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of opened.kind === "sound" ? opened.pieces : []) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The number of bytes that this process has read from files and pipes. */
async function bytesReadSoFar(): Promise<number> {
  return Number(/rchar: (\d+)/.exec(await readFile("/proc/self/io", "utf8"))?.[1]);
}

test.each(Object.entries(DAMAGES))(
  "never serves %s at the path of content, and replaces it on the next put",
  async (_, { problem, inflict }) => {
    expect(await read(await store.open(file.sha256))).toEqual(content);
    await inflict(path);

    expect(await store.open(file.sha256)).toEqual({ kind: "problem", problem });
    expect(await store.open(file.sha256, { range: { start: 0, end: 9 } })).toEqual({
      kind: "problem",
      problem,
    });

    const { outcome } = await store.put(await stage(content), file);
    expect(outcome).toBe(problem === "missing" ? "stored" : "replaced");
    expect(await read(await store.open(file.sha256))).toEqual(content);
    expect(await readdir(join(directory, "staging"))).toEqual([]);
  },
);

test("keeps existing sound content", async () => {
  expect(await store.put(await stage(content), file)).toMatchObject({
    outcome: "kept",
    finding: { problem: null },
  });
});

test("renames a directory at the path of content and keeps its files", async () => {
  await rm(path);
  await mkdir(path);
  await writeFile(join(path, "note.txt"), "not ours");

  await store.put(await stage(content), file);

  const aside = (await readdir(dirname(path))).find((name) => name.includes(".aside-")) ?? "";
  expect(await readFile(join(dirname(path), aside, "note.txt"), "utf8")).toBe("not ours");
});

test("refuses staged content that differs from its digest", async () => {
  await rm(path);
  const staged = await stage(content);
  await flipByte(staged);

  await expect(store.put(staged, file)).rejects.toThrow("read back");
  expect(await store.stat(file.sha256)).toBeNull();
});

test("reads a file once for many requests, and again only after it was replaced", async () => {
  const large = randomBytes(8_000_000);
  const sha256 = createHash("sha256").update(large).digest("hex");
  await store.put(await stage(large), { sha256, sizeBytes: large.length });
  await rename(await stage(large), join(directory, "files", sha256.slice(0, 2), sha256));
  const before = await bytesReadSoFar();

  const opened = await Promise.all(Array.from({ length: 1_000 }, () => store.open(sha256)));

  expect(opened.every(({ kind }) => kind === "sound")).toBe(true);
  expect((await bytesReadSoFar()) - before).toBeLessThan(1.5 * large.length);
});

test("reads a damaged file once for many requests", async () => {
  const large = Buffer.alloc(8_000_000, "x");
  await writeFile(path, large);
  const before = await bytesReadSoFar();

  const opened = await Promise.all(Array.from({ length: 1_000 }, () => store.open(file.sha256)));
  await store.open(file.sha256);

  expect(opened.every(({ kind }) => kind === "problem")).toBe(true);
  expect((await bytesReadSoFar()) - before).toBeLessThan(1.5 * large.length);
});

test("keeps answering requests while a file is verified", async () => {
  const large = randomBytes(96_000_000);
  const sha256 = createHash("sha256").update(large).digest("hex");
  await mkdir(join(directory, "files", sha256.slice(0, 2)), { recursive: true });
  await writeFile(join(directory, "files", sha256.slice(0, 2), sha256), large);
  const end = new AbortController();
  const verified = store.open(sha256).finally(() => {
    end.abort();
  });

  let answered = 0;
  while (!end.signal.aborted) {
    await store.open(file.sha256, { range: { start: 0, end: 9 } });
    answered += 1;
  }

  expect((await verified).kind).toBe("sound");
  expect(answered).toBeGreaterThan(20);
});

test("aborts without serving other bytes when the file changes during a download", async () => {
  const large = randomBytes(3_000_000);
  const sha256 = createHash("sha256").update(large).digest("hex");
  await store.put(await stage(large), { sha256, sizeBytes: large.length });
  const opened = await store.open(sha256);
  const pieces: Uint8Array[] = [];
  const readAll = async (): Promise<void> => {
    for await (const piece of opened.kind === "sound" ? opened.pieces : []) {
      if (pieces.push(piece) === 1) {
        await writeFile(
          join(directory, "files", sha256.slice(0, 2), sha256),
          randomBytes(3_000_000),
        );
      }
    }
  };

  await expect(readAll()).rejects.toThrow("changed while it was served");
  const served = Buffer.concat(pieces);
  expect(served.equals(large.subarray(0, served.length))).toBe(true);
  expect(await store.open(sha256)).toEqual({ kind: "problem", problem: "damaged" });
});

test("ignores a verification from before a problem that another process found", async () => {
  const before = await bytesReadSoFar();
  await store.open(file.sha256);
  expect((await bytesReadSoFar()) - before).toBeLessThan(content.length);

  await store.open(file.sha256, { distrustBefore: new Date(Date.now() + 1) });

  expect((await bytesReadSoFar()) - before).toBeGreaterThanOrEqual(content.length);
});

test("limits the read rate of a scrub, and detects damage despite a cached finding", async () => {
  const signal = new AbortController().signal;
  const began = performance.now();

  const finding = await store.scrub(file.sha256, { bytesPerSecond: 2_000_000, signal });

  expect(finding.problem).toBeNull();
  expect(performance.now() - began).toBeGreaterThan(250);
  await flipByte(path);
  expect(await store.scrub(file.sha256, { bytesPerSecond: 1e9, signal })).toMatchObject({
    problem: "damaged",
  });
});

test("lets two processes store the same content at the same time", async () => {
  await rm(path);
  const staged = await Promise.all([stage(content), stage(content), stage(content)]);

  await Promise.all(staged.map((each) => store.put(each, file)));

  expect(await read(await store.open(file.sha256))).toEqual(content);
});

test.each([
  ["ENOENT", "missing"],
  ["EACCES", "unreadable"],
  ["EIO", "unreadable"],
  // Errors of this process, not of the file.
  ["EMFILE", null],
  ["ENOMEM", null],
] as const)("maps the error code %s to the problem %s", (code, problem) => {
  expect(problemOf(Object.assign(new Error(code), { code }))).toBe(problem);
});
