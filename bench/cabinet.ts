/**
 * How fast cabinets are unpacked, hashing and flushing to disk included, against `cabextract` (which
 * does neither) or, where it is not installed, 7-Zip as WebAssembly. Run: node bench/cabinet.ts
 */
import { execFile, execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryUsage } from "node:process";
import { promisify } from "node:util";
import SevenZip from "7z-wasm";
import { writeCabinet } from "#lib/cab/testing/cab-writer";
import type { CabBlockSpec } from "#lib/cab/testing/cab-writer";
import { readFixture } from "#lib/cab/testing/read-all";
import { unpackCabinet } from "#lib/cab/unpack";

const MIB = 1024 * 1024;
const RUNS = 3;

const unpackByPeer = { cabextract: unpackByCabextract, "7z-wasm": unpackBySevenZip };

const directory = await mkdtemp(join(tmpdir(), "bench-cabinet-"));
try {
  await measure("MSZIP", mszipCabinet());
  await measure("LZX:21", lzxCabinet("lzx21.cab"));
  await measure("LZX:18 aligned, calls translated", lzxCabinet("lzx18-aligned-e8.cab"));
} finally {
  await rm(directory, { recursive: true });
}

/** 256 MiB that compress about as well as firmware: a third random, a third text, a third both. */
function mszipCabinet(): Uint8Array {
  const piece = Buffer.concat([
    randomBytes(MIB / 3),
    Buffer.from(randomBytes(MIB / 6).toString("hex")),
    Buffer.alloc(MIB / 3, randomBytes(700)),
  ]);
  const files = Array.from({ length: 8 }, (_, index) => ({
    name: `image${index}.nbt`,
    // A first byte of its own: equal files would be kept once.
    data: Buffer.concat([Uint8Array.of(index), ...Array.from({ length: 32 }, () => piece)]),
  }));
  return writeCabinet({ folders: [{ compression: "mszip", files }] });
}

/** The one folder of a fixture, in as many folders as a cabinet may have. */
function lzxCabinet(fixture: string): Uint8Array {
  const { blocks, typeCompress, sizeBytes } = readOnlyFolder(readFixture(fixture));
  return writeCabinet({
    folders: Array.from({ length: 256 }, (_, index) => ({
      files: [{ name: `image${index}.nbt`, data: "", overrides: { sizeBytes } }],
      blocks,
      overrides: { typeCompress },
    })),
  });
}

function readOnlyFolder(bytes: Uint8Array): {
  blocks: CabBlockSpec[];
  typeCompress: number;
  sizeBytes: number;
} {
  const view = Buffer.from(bytes);
  const blocks: CabBlockSpec[] = [];
  let offset = view.readUInt32LE(36);
  let sizeBytes = 0;
  for (let left = view.readUInt16LE(40); left > 0; left -= 1) {
    const dataBytes = view.readUInt16LE(offset + 4);
    const unpackedBytes = view.readUInt16LE(offset + 6);
    blocks.push({ data: view.subarray(offset + 8, offset + 8 + dataBytes), unpackedBytes });
    sizeBytes += unpackedBytes;
    offset += 8 + dataBytes;
  }
  return { blocks, typeCompress: view.readUInt16LE(42), sizeBytes };
}

async function measure(title: string, cabinet: Uint8Array): Promise<void> {
  const path = join(directory, "in.cab");
  await writeFile(path, cabinet);
  let bytes = 0;
  const ours = await best(async (stagingDirectory) => {
    const limits = { ratio: 10_000 };
    const { members } = await unpackCabinet({ path, stagingDirectory, limits });
    bytes = members.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
  });
  const peer = hasCabextract() ? "cabextract" : "7z-wasm";
  const theirs = await best(async (target) => {
    await unpackByPeer[peer](path, target);
  });
  const speed = (seconds: number) => `${(bytes / 1e6 / seconds).toFixed(0)} MB/s`;
  console.log(
    `${title}: ${((await stat(path)).size / 1e6).toFixed(0)} MB packed, ` +
      `${(bytes / 1e6).toFixed(0)} MB unpacked; ucupdates ${speed(ours)}, ${peer} ${speed(theirs)}, ` +
      `ratio ${(theirs / ours).toFixed(2)}; ${(memoryUsage.rss() / 1e6).toFixed(0)} MB resident`,
  );
}

/** The best of a few runs, each into a directory of its own. */
async function best(run: (target: string) => Promise<void>): Promise<number> {
  let seconds = Infinity;
  for (let index = 0; index < RUNS; index += 1) {
    const target = await mkdtemp(join(directory, "out-"));
    const start = performance.now();
    await run(target);
    seconds = Math.min(seconds, (performance.now() - start) / 1000);
    await rm(target, { recursive: true });
  }
  return seconds;
}

async function unpackByCabextract(path: string, target: string): Promise<void> {
  await promisify(execFile)("cabextract", ["-q", "-d", target, path]);
}

async function unpackBySevenZip(path: string, target: string): Promise<void> {
  const module = await SevenZip({ print: () => undefined });
  module.FS.mkdir("/in");
  module.FS.mkdir("/out");
  module.FS.mount(module.NODEFS, { root: directory }, "/in");
  module.FS.mount(module.NODEFS, { root: target }, "/out");
  module.callMain(["x", "-y", "-o/out", path.replace(directory, "/in")]);
}

function hasCabextract(): boolean {
  try {
    execFileSync("cabextract", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
