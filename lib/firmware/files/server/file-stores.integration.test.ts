import { createHash, randomBytes, randomUUID } from "node:crypto";
import process from "node:process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FileStore, OpenedContent, StoredFile } from "#firmware/files/model";
import { contentCache } from "#firmware/files/server/content-cache";
import { diskFileStore } from "#firmware/files/server/disk-file-store";
import { objectFileStore } from "#firmware/files/server/object-file-store";
import { s3ObjectStore } from "#foundation/platform/objects/s3-object-store";
import { createBucket } from "#foundation/platform/testing/shared-s3";

// What every file store guarantees.

type Opened = {
  readonly store: FileStore;
  /** Replaces what the storage holds, without the knowledge of the store. */
  readonly overwrite: (sha256: string, bytes: Uint8Array) => Promise<void>;
};

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "ucupdates-stores-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const STORES: Readonly<Record<string, () => Promise<Opened>>> = {
  "a directory": () => {
    const files = join(directory, "files");
    return Promise.resolve({
      store: diskFileStore(files),
      overwrite: async (sha256, bytes) => {
        const path = join(files, sha256.slice(0, 2), sha256);
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, bytes);
      },
    });
  },
  "object storage": async () => {
    const { bucket, environment } = await createBucket();
    Object.assign(process.env, environment);
    const objects = s3ObjectStore({ bucket, prefix: "updates/", isPathStyle: true });
    const cache = contentCache({ directory: join(directory, "cache"), maxBytes: 100_000_000 });
    return {
      store: objectFileStore(objects, cache),
      overwrite: (sha256, bytes) => objects.put(`files/${sha256}`, once(bytes)),
    };
  },
};

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

async function stage(content: Uint8Array): Promise<{ path: string; file: StoredFile }> {
  const path = join(directory, "staging", randomUUID());
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { path, file: { sha256, sizeBytes: content.length } };
}

async function read(opened: OpenedContent): Promise<Buffer> {
  if (opened.kind === "problem") {
    throw new Error(`the content is ${opened.problem}`);
  }
  const pieces: Uint8Array[] = [];
  for await (const piece of opened.pieces) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

describe.each(Object.entries(STORES))("%s", (_, open) => {
  test("stores content, returns it whole and in ranges, and removes the staged file", async () => {
    const { store } = await open();
    const content = randomBytes(700_000);
    const { path, file } = await stage(content);

    expect(await store.put(path, file)).toMatchObject({
      outcome: "stored",
      finding: { problem: null },
    });

    expect(await read(await store.open(file.sha256))).toEqual(content);
    expect(
      await read(await store.open(file.sha256, { range: { start: 262_100, end: 262_200 } })),
    ).toEqual(content.subarray(262_100, 262_201));
    expect(await store.stat(file.sha256)).toEqual(file);
    expect(await store.look(file.sha256)).toMatchObject({ kind: "file", sizeBytes: 700_000 });
    expect(await store.verify(file.sha256)).toMatchObject({ problem: null });
    expect(await readdir(join(directory, "staging"))).toEqual([]);
  });

  test("stores and returns an empty file", async () => {
    const { store } = await open();
    const { path, file } = await stage(Buffer.alloc(0));
    await store.put(path, file);

    expect(await read(await store.open(file.sha256))).toHaveLength(0);
  });

  test("keeps sound content that is stored again, also at the same time", async () => {
    const { store } = await open();
    const content = randomBytes(10_000);
    const staged = await Promise.all([stage(content), stage(content), stage(content)]);
    await Promise.all(staged.map(({ path, file }) => store.put(path, file)));
    const { path, file } = await stage(content);

    expect(await store.put(path, file)).toMatchObject({ outcome: "kept" });
    expect(await read(await store.open(file.sha256))).toEqual(content);
    expect(await readdir(join(directory, "staging"))).toEqual([]);
  });

  test("refuses staged content of another size or another digest", async () => {
    const { store } = await open();
    const { path, file } = await stage(Buffer.from("firmware"));

    await expect(store.put(path, { ...file, sizeBytes: 9 })).rejects.toThrow("8 bytes");
    await writeFile(path, "firmwarf");
    await expect(store.put(path, file)).rejects.toThrow("read back");
    expect(await store.stat(file.sha256)).toBeNull();
  });

  test("reports content that does not exist as missing, and removes it without an error", async () => {
    const { store } = await open();
    const sha256 = "0".repeat(64);

    expect(await store.open(sha256)).toEqual({ kind: "problem", problem: "missing" });
    expect(await store.verify(sha256)).toMatchObject({ problem: "missing", file: null });
    expect(await store.scrub(sha256, pace(1e9))).toMatchObject({ problem: "missing" });
    expect(await store.look(sha256)).toEqual({ kind: "problem", problem: "missing" });
    expect(await store.stat(sha256)).toBeNull();
    await store.remove(sha256);
  });

  test("never serves other bytes than those of the digest, and replaces them on the next put", async () => {
    const { store, overwrite } = await open();
    const content = randomBytes(50_000);
    const { path, file } = await stage(content);
    await overwrite(file.sha256, Buffer.concat([content, Buffer.from("x")]));

    expect(await store.open(file.sha256)).toEqual({ kind: "problem", problem: "damaged" });
    expect(await store.verify(file.sha256)).toMatchObject({ problem: "damaged" });
    expect(await store.scrub(file.sha256, pace(1e9))).toMatchObject({ problem: "damaged" });

    expect(await store.put(path, file)).toMatchObject({ outcome: "replaced" });
    expect(await read(await store.open(file.sha256))).toEqual(content);
  });

  test("limits the read rate of a scrub", async () => {
    const { store } = await open();
    const { path, file } = await stage(randomBytes(600_000));
    await store.put(path, file);
    const began = performance.now();

    expect(await store.scrub(file.sha256, pace(2_000_000))).toMatchObject({ problem: null });

    expect(performance.now() - began).toBeGreaterThan(250);
  });

  test("removes content", async () => {
    const { store } = await open();
    const { path, file } = await stage(Buffer.from("firmware"));
    await store.put(path, file);
    await read(await store.open(file.sha256));

    await store.remove(file.sha256);

    expect(await store.open(file.sha256)).toEqual({ kind: "problem", problem: "missing" });
  });

  test("refuses every name that is not a digest", async () => {
    const { store } = await open();

    await expect(async () => store.open("../../etc/passwd")).rejects.toThrow("SHA-256");
    await expect(async () => store.remove("A".repeat(64))).rejects.toThrow("SHA-256");
  });
});

function pace(bytesPerSecond: number) {
  return { bytesPerSecond, signal: new AbortController().signal };
}
