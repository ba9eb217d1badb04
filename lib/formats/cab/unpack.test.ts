import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CabError } from "#formats/cab/cab-error";
import { writeCabinet } from "#formats/cab/testing/cab-writer";
import type { CabFileSpec } from "#formats/cab/testing/cab-writer";
import { fixturePath, sha256Of } from "#formats/cab/testing/read-all";
import { unpackCabinet } from "#formats/cab/unpack";
import type { UnpackInput } from "#formats/cab/unpack";
import type { UnpackProgress } from "#formats/cab/unpack-job";

let directory: string;
let stagingDirectory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "unpack-"));
  stagingDirectory = await mkdtemp(join(directory, "staging-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

const cabinetOf = (...files: CabFileSpec[]) =>
  writeCabinet({ folders: [{ compression: "mszip", files }] });

/** Large enough that unpacking takes time; stored, because compressed it would count as a bomb. */
const aLargeCabinet = () =>
  writeCabinet({
    folders: [{ files: [{ name: "large", data: Buffer.alloc(30_000_000, "abc") }] }],
  });

/** `depth` cabinets around a file. */
function nested(depth: number): Uint8Array {
  return depth === 0
    ? Buffer.from("firmware")
    : cabinetOf({ name: `level${depth}`, data: nested(depth - 1) });
}

async function unpack(bytes: Uint8Array, options: Partial<UnpackInput> = {}) {
  const path = join(directory, "package.cab");
  await writeFile(path, bytes);
  return unpackCabinet({ path, stagingDirectory, ...options });
}

async function errorOf(bytes: Uint8Array, options: Partial<UnpackInput> = {}): Promise<CabError> {
  const error: unknown = await unpack(bytes, options).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(CabError);
  expect(await readdir(stagingDirectory)).toEqual([]);
  return error instanceof CabError ? error : Promise.reject(new Error("not a CabError"));
}

test("stores each content once, named by its digest, and keeps names as metadata", async () => {
  const bytes = cabinetOf(
    { name: "A\\CPE.nbt", data: "firmware" },
    { name: "B\\CPE.nbt", data: "firmware" },
    { name: "empty", data: "", date: 0 },
  );

  const { members, unverifiedBlocks } = await unpack(bytes);

  const digest = sha256Of("firmware");
  const empty = sha256Of("");
  expect(members.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
    {
      path: "A/CPE.nbt",
      nameProblem: null,
      containers: [],
      sizeBytes: 8,
      sha256: digest,
      stagedPath: join(stagingDirectory, digest),
      modifiedAt: "2012-06-05T10:20:30",
    },
    expect.objectContaining({ path: "B/CPE.nbt", stagedPath: join(stagingDirectory, digest) }),
    expect.objectContaining({ path: "empty", sha256: empty, sizeBytes: 0, modifiedAt: null }),
  ]);
  expect(await readdir(stagingDirectory)).toEqual([digest, empty].toSorted());
  expect(await readFile(join(stagingDirectory, digest), "utf8")).toBe("firmware");
  expect(unverifiedBlocks).toBe(0);
});

test("unpacks a fixture to the digests its writer stated", async () => {
  const { members } = await unpackCabinet({ path: fixturePath("lzx21.cab"), stagingDirectory });

  expect(members).toHaveLength(6);
  for (const { stagedPath, sha256 } of members) {
    expect(sha256Of(await readFile(stagedPath))).toBe(sha256);
  }
});

test("opens cabinets in any place, and turns their paths into directories", async () => {
  const inner = cabinetOf({ name: "x\\CPE.nbt", data: "firmware" });
  const { members } = await unpack(
    cabinetOf({ name: "sub\\Inner.bin", data: inner }, { name: "readme", data: "MSC" }),
  );

  expect(members.map(({ path }) => path)).toEqual(["sub/Inner.bin/x/CPE.nbt", "readme"]);
  expect(await readdir(stagingDirectory)).toHaveLength(2);
});

test("opens cabinets three levels deep and refuses a deeper one", async () => {
  expect((await unpack(nested(4))).members.map(({ path }) => path)).toEqual([
    "level4/level3/level2/level1",
  ]);
  await rm(stagingDirectory, { recursive: true });
  stagingDirectory = await mkdtemp(join(directory, "staging-"));

  const error = await errorOf(nested(5));

  expect(error.kind).toBe("limit");
  expect(error.message).toBe(
    "“level5/level4/level3/level2”: cabinets are nested deeper than 3 levels (MAX_NESTING).",
  );
});

test("names the inner entry in an error, with the cabinets that contain it", async () => {
  const inner = writeCabinet({
    folders: [
      {
        files: [{ name: "CPE.nbt", data: "firmware" }],
        mapBlock: (block) => ({ ...block, checksum: 1 }),
      },
    ],
  });

  const error = await errorOf(
    cabinetOf({ name: "first", data: "1" }, { name: "CX600.cab", data: inner }),
  );

  expect(error.kind).toBe("integrity");
  expect(error.message).toBe(
    "“CX600.cab/CPE.nbt”: the checksum of block 1 does not match; the cabinet is damaged.",
  );
});

test("counts output and entries over all levels", async () => {
  const inner = cabinetOf({ name: "CPE.nbt", data: Buffer.alloc(60_000, "a") });
  const outer = cabinetOf({ name: "a.cab", data: inner }, { name: "b.cab", data: inner });

  expect((await errorOf(outer, { limits: { outputBytes: 100_000 } })).message).toBe(
    "“b.cab”: the package unpacks to more than 100000 bytes (MAX_UNPACKED_BYTES).",
  );
  expect((await errorOf(outer, { limits: { entries: 3 } })).message).toBe(
    "“b.cab”: the package holds more than 3 entries (MAX_ENTRIES).",
  );
});

test("marks an entry whose name imitates a path in an inner cabinet, and the real entry", async () => {
  const inner = cabinetOf({ name: "CPE.nbt", data: "one" });
  const outer = cabinetOf({ name: "a.cab", data: inner }, { name: "A.CAB\\cpe.nbt", data: "two" });

  expect((await unpack(outer)).members.map(({ path, nameProblem }) => [path, nameProblem])).toEqual(
    [
      ["a.cab/CPE.nbt", "repeated"],
      ["A.CAB/cpe.nbt", "repeated"],
    ],
  );
});

const stub = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(3000, "MSCF stub "), Buffer.alloc(40)]);

test("finds the only cabinet in an executable, with a stored cabinet in it and bytes after it", async () => {
  const inner = cabinetOf({ name: "CPE.nbt", data: "firmware" });
  const outer = writeCabinet({ folders: [{ files: [{ name: "inner.cab", data: inner }] }] });

  const { members } = await unpack(Buffer.concat([stub, outer, Buffer.alloc(99, "signature")]));

  expect(members.map(({ path }) => path)).toEqual(["inner.cab/CPE.nbt"]);
});

test("finds a cabinet that begins at the boundary of two scan windows", async () => {
  const cabinet = cabinetOf({ name: "CPE.nbt", data: "firmware" });
  const lead = Buffer.alloc(1024 * 1024 - 2);
  lead.write("MZ");

  expect((await unpack(Buffer.concat([lead, cabinet]))).members).toHaveLength(1);
});

test.each([
  ["without a cabinet", stub, "contains no cabinet"],
  ["with two", Buffer.concat([stub, nested(1), nested(1)]), "more than one cabinet"],
  ["with half of one", Buffer.concat([stub, nested(1).subarray(0, -1)]), "contains no cabinet"],
] as const)("refuses an executable %s", async (_, bytes, message) => {
  const error = await errorOf(bytes);

  expect(error.kind).toBe("format");
  expect(error.message).toContain(message);
});

test.each([
  ["is empty", ""],
  ["ZIP archive", "PK\u0003\u0004"],
  ["7-Zip", "7z\u00bc\u00af\u0027\u001c"],
  ["RAR", "Rar!\u001a\u0007\u0000"],
  ["gzip", "\u001f\u008b\u0008"],
  ["xz", "\u00fd7zXZ\u0000"],
  ["bzip2", "BZh91AY"],
  ["tar archive", `${"a".repeat(257)}ustar`],
  ["InstallShield", "ISc(\u0000"],
  ["Windows Installer", "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"],
  ["web page", "\r\n<!DOCTYPE HTML><html>"],
  ["web page", "<html>"],
  ["XML document", '<?xml version="1.0"?><Updates/>'],
  ["PDF", "%PDF-1.4"],
  ["is a text", "hello"],
  ["neither a cabinet nor a self-extracting executable", "\u0001\u0002\u0003"],
])("refuses a file that is not a cabinet and names its kind: %s", async (words, content) => {
  const error = await errorOf(Buffer.from(content, "latin1"), { name: "Upload.cab" });

  expect(error.kind).toBe("format");
  expect(error.message).toMatch(/^“Upload\.cab”: the file .+\.$/);
  expect(error.message).toContain(words);
});

test("deletes its files when a later entry fails", async () => {
  const bytes = writeCabinet({
    folders: [
      { files: [{ name: "good", data: "good" }] },
      {
        files: [{ name: "bad", data: "bad" }],
        mapBlock: (block) => ({ ...block, checksum: 1 }),
      },
    ],
  });

  expect((await errorOf(bytes)).entry).toBe("bad");
});

test("keeps files that were staged before, on success and on failure", async () => {
  const digest = sha256Of("firmware");
  await writeFile(join(stagingDirectory, digest), "firmware");
  await writeFile(join(stagingDirectory, "another.part"), "");

  await unpack(nested(1));
  await unpack(nested(5)).catch(() => undefined);

  expect(await readdir(stagingDirectory)).toEqual([digest, "another.part"].toSorted());
});

test("refuses a file over the limit and a disk without free space before it writes anything", async () => {
  expect((await errorOf(nested(1), { limits: { inputBytes: 10 } })).message).toBe(
    "“package.cab”: the file is larger than 10 bytes (MAX_UPLOAD_BYTES).",
  );
  const fullDisk = await errorOf(nested(1), { limits: { freeSpaceFactor: 1e18 } });
  expect(fullDisk.kind).toBe("limit");
  expect(fullDisk.message).toContain("bytes of free disk space");
});

test("stops at the deadline and when it makes no progress, and leaves no files", async () => {
  const slow = aLargeCabinet();

  const late = await errorOf(slow, { limits: { totalMs: 0, inputBytesPerSecond: 1e12 } });
  expect(late.kind).toBe("limit");
  expect(late.message).toMatch(/unpacking took longer than \d+ seconds\.$/);
  const stalled = await errorOf(slow, { limits: { stallMs: 0 } });
  expect(stalled.kind).toBe("limit");
  expect(stalled.message).toContain("made no progress");
});

test("stops when it is aborted, with the reason of the signal", async () => {
  const reason = new Error("the administrator cancelled");
  const controller = new AbortController();
  const bytes = aLargeCabinet();

  const result = unpack(bytes, {
    signal: controller.signal,
    onProgress: () => {
      controller.abort(reason);
    },
  });

  await expect(result).rejects.toBe(reason);
  expect(await readdir(stagingDirectory)).toEqual([]);
  await expect(unpack(bytes, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test("reports progress for each entry and never more than the total", async () => {
  const reports: UnpackProgress[] = [];

  await unpack(aLargeCabinet(), {
    onProgress: (progress) => reports.push(progress),
  });

  expect(reports.length).toBeGreaterThan(0);
  expect(reports.every(({ bytesOut, totalBytes }) => bytesOut <= totalBytes)).toBe(true);
  expect(reports.at(-1)).toEqual({
    bytesOut: 30_000_000,
    totalBytes: 30_000_000,
    entry: "large",
  });
});
