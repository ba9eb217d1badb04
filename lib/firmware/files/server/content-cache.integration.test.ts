import { createHash, randomBytes, randomUUID } from "node:crypto";
import process from "node:process";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { FileStore, OpenedContent, StoredFile } from "#firmware/files/model";
import { isSha256 } from "#firmware/files/model";
import { contentCache } from "#firmware/files/server/content-cache";
import { objectFileStore } from "#firmware/files/server/object-file-store";
import { flipByte } from "#firmware/files/testing/damage";
import { nullIfMissing } from "#foundation/core/error-code";
import type { ObjectStore } from "#foundation/platform/objects/object-store";
import { s3ObjectStore } from "#foundation/platform/objects/s3-object-store";
import { createBucket } from "#foundation/platform/testing/shared-s3";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { openTcpLine } from "#foundation/platform/testing/tcp-line";

const MAX_BYTES = 1_000_000;

let directory: string;
let line: TcpLine;
let objects: ObjectStore;
/** The number of times that an object was opened. */
let opens: number;

beforeAll(async () => {
  const { port, bucket, environment } = await createBucket();
  line = await openTcpLine({ host: "127.0.0.1", port });
  const AWS_ENDPOINT_URL = `http://127.0.0.1:${line.port}`;
  Object.assign(process.env, environment, { AWS_ENDPOINT_URL });
  const store = s3ObjectStore({ bucket, prefix: "", isPathStyle: true });
  objects = {
    ...store,
    open: (key, range) => {
      opens += 1;
      return store.open(key, range);
    },
  };
  return () => {
    line.close();
  };
});

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "ucupdates-cache-"));
  opens = 0;
});

afterEach(async () => {
  line.mend();
  await expect.poll(() => objects.look("none").catch(() => "away"), { timeout: 10_000 }).toBeNull();
  await rm(directory, { recursive: true, force: true });
});

/** A host: it has its own cache. */
function aHost(name: string): FileStore {
  const cache = contentCache({ directory: join(directory, name), maxBytes: MAX_BYTES });
  return objectFileStore(objects, cache);
}

async function stored(content: Uint8Array): Promise<StoredFile> {
  const path = join(directory, randomUUID());
  await writeFile(path, content);
  const sha256 = createHash("sha256").update(content).digest("hex");
  const file = { sha256, sizeBytes: content.length };
  await aHost("importer").put(path, file);
  opens = 0;
  return file;
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

function copyPath(host: string, { sha256 }: StoredFile): string {
  return join(directory, host, "files", sha256.slice(0, 2), sha256);
}

async function copiesOf(host: string): Promise<readonly string[]> {
  const path = join(directory, host, "files");
  const names = (await readdir(path, { recursive: true }).catch(nullIfMissing)) ?? [];
  return names.map((name) => name.slice(3)).filter(isSha256);
}

test("reads an object once for many requests, and not again afterwards", async () => {
  const content = randomBytes(600_000);
  const { sha256 } = await stored(content);
  const host = aHost("a");

  const answers = await Promise.all(
    Array.from({ length: 50 }, async () => read(await host.open(sha256))),
  );
  await read(await aHost("a").open(sha256, { range: { start: 5, end: 9 } }));

  expect(answers.every((answer) => answer.equals(content))).toBe(true);
  expect(opens).toBe(1);
});

test("serves what this host has imported without reading the object", async () => {
  const content = randomBytes(1_000);
  const { sha256 } = await stored(content);

  expect(await read(await aHost("importer").open(sha256))).toEqual(content);
  expect(opens).toBe(0);
});

test("never serves a copy with a flipped byte: reads the object again", async () => {
  const content = randomBytes(600_000);
  const file = await stored(content);
  const host = aHost("b");
  await read(await host.open(file.sha256));
  await flipByte(copyPath("b", file));

  expect(await read(await host.open(file.sha256))).toEqual(content);
  expect(
    await read(await host.open(file.sha256, { range: { start: 299_990, end: 300_010 } })),
  ).toEqual(content.subarray(299_990, 300_011));
  expect(opens).toBe(2);
});

test("never serves a copy with a flipped byte while the object storage is away", async () => {
  const file = await stored(randomBytes(50_000));
  const host = aHost("c");
  await read(await host.open(file.sha256));
  await flipByte(copyPath("c", file));
  line.cut();

  await expect(host.open(file.sha256)).rejects.toMatchObject({ code: "unavailable" });
});

test("continues a download whose copy is removed or damaged in the middle", async () => {
  const content = randomBytes(900_000);
  const file = await stored(content);
  const host = aHost("d");
  const opened = await host.open(file.sha256, { range: { start: 10, end: 899_999 } });
  const pieces: Uint8Array[] = [];
  for await (const piece of opened.kind === "sound" ? opened.pieces : []) {
    if (pieces.push(piece) === 1) {
      await rm(copyPath("d", file));
    } else if (pieces.length === 4) {
      await flipByte(copyPath("d", file));
    }
  }

  expect(Buffer.concat(pieces).equals(content.subarray(10))).toBe(true);
});

test("removes the least recently used copies beyond the limit", async () => {
  const files = [];
  for (const seed of ["1", "2", "3", "4"]) {
    files.push(await stored(Buffer.alloc(300_000, seed)));
  }
  const [first, second, third, fourth] = files.map(({ sha256 }) => sha256);
  const host = aHost("e");
  for (const sha256 of [first, second, third]) {
    await read(await host.open(sha256 ?? ""));
  }
  for (const [sha256, minutesAgo] of [
    [first, 10],
    [second, 30],
    [third, 20],
  ] as const) {
    const at = new Date(Date.now() - minutesAgo * 60_000);
    await utimes(join(directory, "e", "used", sha256 ?? ""), at, at);
  }

  await read(await host.open(fourth ?? ""));

  expect((await copiesOf("e")).toSorted()).toEqual([first, third, fourth].toSorted());
});

test("keeps a copy that is larger than the limit for as long as it is the newest", async () => {
  const content = randomBytes(MAX_BYTES + 1);
  const { sha256 } = await stored(content);

  expect(await read(await aHost("f").open(sha256))).toEqual(content);
});

test.each(["cut", "freeze"] as const)(
  "serves copies while the object storage is away (%s), and throws unavailable for other content",
  async (fault) => {
    const held = randomBytes(5_000);
    const [cached, uncached] = [await stored(held), await stored(randomBytes(5_001))];
    const host = aHost("g");
    await read(await host.open(cached.sha256));
    line[fault]();

    expect(await read(await host.open(cached.sha256))).toEqual(held);
    await expect(host.open(uncached.sha256)).rejects.toMatchObject({
      code: "unavailable",
      retryAfterSeconds: 30,
    });
    expect(await read(await host.open(cached.sha256))).toEqual(held);

    line.mend();
    await expect
      .poll(async () => (await host.open(uncached.sha256).catch(() => null))?.kind, {
        timeout: 10_000,
      })
      .toBe("sound");
  },
);

test("leaves nothing of a copy whose object ends in the middle", async () => {
  const { sha256 } = await stored(randomBytes(5_000_000));
  const host = aHost("h");
  const opening = host.open(sha256);
  line.cut();

  await expect(opening).rejects.toMatchObject({ code: "unavailable" });
  expect(await copiesOf("h")).toEqual([]);
  expect(await readdir(join(directory, "h", "incoming"))).toEqual([]);
});
