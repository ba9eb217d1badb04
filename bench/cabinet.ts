/**
 * How fast cabinets are unpacked, including hashing and flushing to the disk, compared with `cabextract` (which does
 * neither) or, if that is not installed, 7-Zip as WebAssembly. Run: node bench/cabinet.ts
 */
import { execFile, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execPath } from "node:process";
import { promisify } from "node:util";
import SevenZip from "7z-wasm";
import { FRAME_BYTES } from "#formats/cab/compression";
import { writeCabinet } from "#formats/cab/testing/cab-writer";
import { LzxWriter } from "#formats/cab/testing/lzx-writer";
import { unpackCabinet } from "#formats/cab/unpack";

const MIB = 1024 * 1024;
const LZX_BYTES = 112 * MIB;
const RUNS = 3;

const unpackByPeer = { cabextract: unpackByCabextract, "7z-wasm": unpackBySevenZip };

// Firmware is mostly machine code, and this program's own executable is a sample of it.
const program = readFileSync(execPath);
const directory = await mkdtemp(join(tmpdir(), "bench-cabinet-"));
try {
  await measure("MSZIP", mszipCabinet());
  await measure("LZX:21", lzxCabinet(21, false));
  await measure("LZX:18, aligned", lzxCabinet(18, true));
} finally {
  await rm(directory, { recursive: true });
}

/** Over 200 MB in a few files. */
function mszipCabinet(): Uint8Array {
  const copies = Math.ceil((200 * MIB) / program.length);
  const files = Array.from({ length: copies }, (_, index) => ({
    name: `image${index}.nbt`,
    // A unique first byte: equal files would be stored once.
    data: Buffer.concat([Uint8Array.of(index), program]),
  }));
  return writeCabinet({ folders: [{ compression: "mszip", files }] });
}

/** One folder, packed greedily: not the best compression, but with literals and all kinds of matches. */
function lzxCabinet(windowBits: number, isAligned: boolean): Uint8Array {
  const data = program.subarray(0, LZX_BYTES);
  const writer = new LzxWriter(windowBits);
  const lastSeen = new Int32Array(1 << 16).fill(-1);
  for (let start = 0; start < data.length; start += FRAME_BYTES) {
    const end = Math.min(start + FRAME_BYTES, data.length);
    writer.openBlock(end - start, { isAligned });
    let position = start;
    while (position < end) {
      const hash =
        ((data.readUInt32LE(Math.min(position, data.length - 4)) * 2654435761) >>> 16) & 0xffff;
      const candidate = lastSeen[hash] ?? -1;
      lastSeen[hash] = position;
      const distance = position - candidate;
      const isInWindow = candidate >= 0 && distance <= (1 << windowBits) - 3;
      const length = isInWindow ? matchLength(data, candidate, { position, end }) : 0;
      writer.token(length >= 4 ? { length, distance } : { literal: data[position] ?? 0 });
      position += length >= 4 ? length : 1;
    }
    writer.endFrame(end - start);
  }
  return writeCabinet({
    folders: [
      {
        files: [{ name: "image.nbt", data: "", overrides: { sizeBytes: data.length } }],
        blocks: writer.frames,
        overrides: { typeCompress: (windowBits << 8) | 3 },
      },
    ],
  });
}

function matchLength(
  data: Uint8Array,
  candidate: number,
  { position, end }: { position: number; end: number },
): number {
  const longest = Math.min(257, end - position);
  let length = 0;
  while (length < longest && data[candidate + length] === data[position + length]) {
    length += 1;
  }
  return length;
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
      `ratio ${(theirs / ours).toFixed(2)}`,
  );
}

/** The best of a few runs, each with a new directory. */
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
