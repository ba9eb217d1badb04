import { randomBytes } from "node:crypto";
import process from "node:process";
import { afterEach, beforeAll, expect, test } from "vitest";
import { AppError } from "#foundation/core/errors";
import type { ObjectStore } from "#foundation/platform/objects/object-store";
import { s3ObjectStore } from "#foundation/platform/objects/s3-object-store";
import { createBucket } from "#foundation/platform/testing/shared-s3";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { openTcpLine } from "#foundation/platform/testing/tcp-line";

let line: TcpLine;
let store: ObjectStore;

beforeAll(async () => {
  const { port, bucket, environment } = await createBucket();
  line = await openTcpLine({ host: "127.0.0.1", port });
  Object.assign(process.env, environment, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${line.port}`,
  });
  store = s3ObjectStore({ bucket, prefix: "some/prefix/", isPathStyle: true });
  return () => {
    line.close();
  };
});

afterEach(() => {
  line.mend();
});

async function* bodyOf(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    yield await Promise.resolve(piece);
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) {
    all.push(item);
  }
  return all;
}

async function read(key: string, range?: { start: number; end: number }): Promise<Buffer | null> {
  const opened = await store.open(key, range);
  return opened === null ? null : Buffer.concat(await collect(opened.body));
}

async function keysBelow(prefix: string): Promise<readonly string[]> {
  return (await collect(store.list(prefix))).map(({ key }) => key);
}

test("stores an object in several parts, and returns it whole and in ranges", async () => {
  const content = randomBytes(20_000_000);
  await store.put(
    "files/large",
    bodyOf(content.subarray(0, 9_999_999), content.subarray(9_999_999)),
  );

  expect((await read("files/large"))?.equals(content)).toBe(true);
  expect(await read("files/large", { start: 8_388_600, end: 8_388_700 })).toEqual(
    content.subarray(8_388_600, 8_388_701),
  );
  expect(await store.look("files/large")).toMatchObject({ sizeBytes: 20_000_000 });
  expect(await store.open("files/large", { start: 0, end: 9 })).toMatchObject({
    sizeBytes: 20_000_000,
  });
});

test("stores an empty object", async () => {
  await store.put("files/empty", bodyOf());

  expect(await read("files/empty")).toHaveLength(0);
});

test("changes the identity of an object that is replaced by other bytes", async () => {
  await store.put("files/changed", bodyOf(Buffer.from("one")));
  const before = await store.look("files/changed");
  await store.put("files/changed", bodyOf(Buffer.from("two")));

  expect((await store.look("files/changed"))?.identity).not.toBe(before?.identity);
});

test("lists the objects below a prefix, and no others", async () => {
  await store.put("lists/one", bodyOf(Buffer.from("1")));
  await store.put("lists/two", bodyOf(Buffer.from("2")));
  await store.put("listsother", bodyOf(Buffer.from("3")));

  expect(await keysBelow("lists/")).toEqual(["lists/one", "lists/two"]);
  await store.remove("lists/one");
  expect(await keysBelow("lists/")).toEqual(["lists/two"]);
});

test("reports an object that does not exist as null, and removes it without an error", async () => {
  expect(await store.look("files/none")).toBeNull();
  expect(await read("files/none")).toBeNull();
  await store.remove("files/none");
});

test("stores nothing of a body that fails, and rethrows its error", async () => {
  const failure = new AppError("invalid_input", "The sender left.");
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.alloc(9_000_000));
    yield Buffer.alloc(9_000_000);
    throw failure;
  }

  await expect(store.put("uploads/failed", failing())).rejects.toBe(failure);

  expect(await store.look("uploads/failed")).toBeNull();
  expect(await collect(store.listUnfinished("uploads/"))).toEqual([]);
});

test("throws unavailable with one sentence while the server is gone, and works again afterwards", async () => {
  await store.put("files/kept", bodyOf(Buffer.from("kept")));
  line.cut();

  const failure: unknown = await store.look("files/kept").catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: "unavailable",
    reason: { code: "content_store_away" },
    retryAfterSeconds: 30,
  });
  expect(String(failure)).toMatch(/The content store s3:\S+ cannot be used \([^)]+\): check/);
  await expect(store.put("files/new", bodyOf(Buffer.from("new")))).rejects.toMatchObject({
    code: "unavailable",
  });

  line.mend();
  await expect
    .poll(() => read("files/kept").catch(() => null), { timeout: 10_000 })
    .toEqual(Buffer.from("kept"));
});

test("does not wait for a server that hangs, and fails at once after the first failure", async () => {
  await expect
    .poll(() => store.look("files/none").catch(() => "away"), { timeout: 10_000 })
    .toBeNull();
  line.freeze();
  await expect(store.look("files/none")).rejects.toThrow("it does not answer");
  const began = performance.now();

  await Promise.all(
    Array.from({ length: 100 }, () => expect(store.look("files/none")).rejects.toThrow()),
  );

  expect(performance.now() - began).toBeLessThan(1_000);
});

test("names a bucket that does not exist", async () => {
  const other = s3ObjectStore({ bucket: "absent-bucket", prefix: "", isPathStyle: true });

  await expect(other.put("store-id", bodyOf(Buffer.from("x")))).rejects.toThrow(
    "The content store s3://absent-bucket/ cannot be used (NoSuchBucket)",
  );
});
