import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { beforeEach, expect, test } from "vitest";
import { stageUpload } from "#firmware/files/server/stage-upload";
import {
  makeWorkDirectory,
  newStagingName,
  removeStaged,
  stagedPath,
  stagingWitness,
  sweepStaging,
} from "#firmware/files/server/staging";
import { stagingDirectory } from "#firmware/files/server/content-backend";
import { toStagingName } from "#firmware/files/staging-name";

const LIMITS = { maxBytes: 1_000, idleMs: 10_000, announcedBytes: null };
const NO_PROCESS = 2 ** 22 + 1;

beforeEach(async () => {
  await rm(stagingDirectory(), { recursive: true, force: true });
});

async function* aBody(...chunks: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    yield await Promise.resolve(Buffer.from(chunk));
  }
}

async function* aBodyThatBreaks(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from("half"));
  throw Object.assign(new Error("aborted"), { code: "ECONNRESET" });
}

async function* aBodyThatFallsSilent(): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from("half"));
  await new Promise(() => undefined);
}

async function listStaging(): Promise<string[]> {
  await mkdir(stagingDirectory(), { recursive: true });
  return readdir(stagingDirectory());
}

test("stages an upload unchanged, with its size and digest", async () => {
  const upload = await stageUpload(aBody("firm", "ware"), LIMITS);

  expect(upload).toMatchObject({
    sizeBytes: 8,
    sha256: createHash("sha256").update("firmware").digest("hex"),
  });
  expect(await readFile(stagedPath(upload.name), "utf8")).toBe("firmware");
});

test.each([
  ["grows beyond the limit", aBody("x".repeat(600), "x".repeat(600)), LIMITS, "upload_too_large"],
  ["announces too much", aBody("x"), { ...LIMITS, announcedBytes: 1_001 }, "upload_too_large"],
  [
    "ends before what it announced",
    aBody("x"),
    { ...LIMITS, announcedBytes: 2 },
    "upload_incomplete",
  ],
  ["falls silent", aBodyThatFallsSilent(), { ...LIMITS, idleMs: 20 }, "upload_incomplete"],
] as const)("keeps nothing of an upload that %s, and throws its reason code", async (...row) => {
  const [, body, limits, code] = row;

  await expect(stageUpload(body, limits)).rejects.toMatchObject({ reason: { code } });
  expect(await listStaging()).toEqual([]);
});

test("keeps nothing of an upload that is aborted", async () => {
  await expect(stageUpload(aBodyThatBreaks(), LIMITS)).rejects.toMatchObject({
    code: "invalid_input",
    reason: { code: "upload_incomplete" },
  });
  expect(await listStaging()).toEqual([]);
});

test("accepts an upload of exactly the maximum size", async () => {
  const upload = await stageUpload(aBody("x".repeat(1_000)), LIMITS);

  expect(upload.sizeBytes).toBe(1_000);
});

test("removes leftovers of dead processes, and nothing that is in use or needed", async () => {
  const inUse = await newStagingName("upload");
  await writeFile(stagedPath(inUse), "");
  const work = await makeWorkDirectory();
  const dead = { ...(await stagingWitness()).self, pid: NO_PROCESS };
  const needed = toStagingName("upload", dead, "needed");
  const left = toStagingName("upload", dead, "left");
  const leftWork = toStagingName("work", dead, "left");
  await writeFile(stagedPath(needed), "");
  await writeFile(stagedPath(left), "");
  await mkdir(stagedPath(leftWork));
  await writeFile(join(stagedPath(leftWork), "1.part"), "");

  const removed = await sweepStaging(new Set([needed]));

  expect(removed.toSorted()).toEqual([left, leftWork].toSorted());
  expect((await listStaging()).map(stagedPath).toSorted()).toEqual(
    [stagedPath(inUse), work, stagedPath(needed)].toSorted(),
  );
});

test("keeps the upload of another host that has the same name and no process of that id here", async () => {
  const { host } = (await stagingWitness()).self;
  const other = `${host.slice(0, -8)}00000000`;
  const name = toStagingName("upload", { host: other, pid: NO_PROCESS }, "theirs");
  await listStaging();
  await writeFile(stagedPath(name), "half");

  expect(await sweepStaging(new Set())).toEqual([]);
});

test("removes leftovers of an earlier process with the same id", async () => {
  const name = await newStagingName("upload");
  await writeFile(stagedPath(name), "");
  const beforeThisProcess = new Date(Date.now() - process.uptime() * 1000 - 60_000);
  await utimes(stagedPath(name), beforeThisProcess, beforeThisProcess);

  expect(await sweepStaging(new Set())).toEqual([name]);
});

test.each(["../files", "a/b", "", ".", ".."])("refuses the name %j", async (name) => {
  await expect(async () => removeStaged(name)).rejects.toThrow("staging area");
});

test("removes an upload that was killed 30 minutes ago, and no upload that still grows", async () => {
  const killed = toStagingName("upload", { host: "another-container", pid: 1 }, "killed");
  const live = toStagingName("upload", { host: "another-container", pid: 1 }, "live");
  await listStaging();
  await writeFile(stagedPath(killed), "half");
  await writeFile(stagedPath(live), "half");
  const halfAnHourAgo = new Date(Date.now() - 31 * 60_000);
  await utimes(stagedPath(killed), halfAnHourAgo, halfAnHourAgo);

  expect(await sweepStaging(new Set())).toEqual([killed]);
  expect(await listStaging()).toEqual([live]);
});
