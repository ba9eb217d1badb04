import { createHash, randomBytes } from "node:crypto";
import process from "node:process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { CreateMultipartUploadCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { contentBackend, stagingDirectory } from "#firmware/files/server/content-backend";
import { stageUpload } from "#firmware/files/server/stage-upload";
import { stagingWitness } from "#firmware/files/server/staging";
import { sweepUploads } from "#firmware/files/server/sweep-uploads";
import { fetchUpload, removeUpload, writeUpload } from "#firmware/files/server/uploads";
import { toStagingName } from "#firmware/files/staging-name";
import type { TestBucket } from "#foundation/platform/testing/shared-s3";
import { createBucket } from "#foundation/platform/testing/shared-s3";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { openTcpLine } from "#foundation/platform/testing/tcp-line";

const LIMITS = { maxBytes: 50_000_000, idleMs: 10_000, announcedBytes: null };
const NO_PROCESS = 2 ** 22 + 1;

let bucket: TestBucket;
let line: TcpLine;
let workDirectory: string;

beforeAll(async () => {
  bucket = await createBucket();
  line = await openTcpLine({ host: "127.0.0.1", port: bucket.port });
  const AWS_ENDPOINT_URL = `http://127.0.0.1:${line.port}`;
  Object.assign(process.env, bucket.environment, { AWS_ENDPOINT_URL });
  return () => {
    line.close();
  };
});

beforeEach(async () => {
  await rm(stagingDirectory(), { recursive: true, force: true });
  workDirectory = await mkdtemp(join(tmpdir(), "ucupdates-work-"));
});

afterEach(async () => {
  line.mend();
  await expect.poll(keys, { timeout: 10_000 }).not.toBeNull();
  for (const key of (await keys()) ?? []) {
    await removeUpload(key.slice("uploads/".length));
  }
  await rm(workDirectory, { recursive: true, force: true });
});

async function keys(): Promise<readonly string[] | null> {
  const store = contentBackend();
  const found: string[] = [];
  try {
    for await (const { key } of store.kind === "objects" ? store.objects.list("") : []) {
      found.push(key);
    }
    return found;
  } catch {
    return null;
  }
}

async function* aBody(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    yield await Promise.resolve(piece);
  }
}

function options() {
  return { workDirectory, signal: new AbortController().signal };
}

test("streams an upload to the object storage, and nothing of it to this host's disk", async () => {
  const content = randomBytes(12_000_000);

  const upload = await stageUpload(
    aBody(content.subarray(0, 5_000_000), content.subarray(5_000_000)),
    LIMITS,
  );

  expect(upload).toMatchObject({
    sizeBytes: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
  });
  expect(await keys()).toEqual([`uploads/${upload.name}`]);
  expect(await readdir(stagingDirectory())).toEqual([]);
  expect((await readFile(await fetchUpload(upload, options()))).equals(content)).toBe(true);
});

test("refuses an upload whose object differs from what was received", async () => {
  const upload = await stageUpload(aBody(Buffer.from("firmware")), LIMITS);
  await writeUpload(upload.name, aBody(Buffer.from("firmwarf")));

  await expect(fetchUpload(upload, options())).rejects.toThrow("differs");
});

test("reports an upload that is gone as missing", async () => {
  const upload = await stageUpload(aBody(Buffer.from("firmware")), LIMITS);
  await removeUpload(upload.name);

  await expect(fetchUpload(upload, options())).rejects.toMatchObject({ code: "ENOENT" });
});

test("keeps nothing of an upload that is too large or that stops", async () => {
  async function* breaking(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(Buffer.alloc(9_000_000));
    throw new Error("aborted");
  }

  await expect(
    stageUpload(aBody(Buffer.alloc(9_000_000), Buffer.alloc(2)), {
      ...LIMITS,
      maxBytes: 9_000_001,
    }),
  ).rejects.toMatchObject({ reason: { code: "upload_too_large" } });
  await expect(stageUpload(breaking(), LIMITS)).rejects.toMatchObject({
    reason: { code: "upload_incomplete" },
  });

  expect(await keys()).toEqual([]);
  expect(await sweepUploads(new Set())).toEqual([]);
});

test("refuses an upload with one sentence while the object storage is away, and cancels its body", async () => {
  line.cut();
  let isCancelled = false;
  async function* body(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        yield Buffer.alloc(1_000_000);
        await delay(1);
      }
    } finally {
      isCancelled = true;
    }
  }

  await expect(stageUpload(body(), LIMITS)).rejects.toMatchObject({
    code: "unavailable",
    reason: { code: "content_store_away" },
  });
  await expect.poll(() => isCancelled).toBe(true);
});

test("removes uploads of dead processes of this host, and none that is needed or of another host", async () => {
  const { self } = await stagingWitness();
  const dead = { ...self, pid: NO_PROCESS };
  const [needed, left, alive, theirs] = [
    toStagingName("upload", dead, "needed"),
    toStagingName("upload", dead, "left"),
    toStagingName("upload", self, "alive"),
    toStagingName("upload", { host: "another", pid: NO_PROCESS }, "theirs"),
  ];
  for (const name of [needed, left, alive, theirs]) {
    await writeUpload(name, aBody(Buffer.from("package")));
  }
  await beginUpload(toStagingName("upload", dead, "begun"));
  await beginUpload(toStagingName("upload", self, "begun"));

  const removed = await sweepUploads(new Set([needed]));

  expect(removed.toSorted()).toEqual([left, toStagingName("upload", dead, "begun")].toSorted());
  expect((await keys())?.toSorted()).toEqual(
    [needed, alive, theirs].map((name) => `uploads/${name}`).toSorted(),
  );
});

/** Begins an upload in parts and leaves it, as a process does that is killed. */
async function beginUpload(name: string): Promise<void> {
  const client = new S3Client({ forcePathStyle: true });
  await client.send(
    new CreateMultipartUploadCommand({ Bucket: bucket.bucket, Key: `updates/uploads/${name}` }),
  );
  client.destroy();
}
