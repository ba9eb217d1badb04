import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { CabError } from "#formats/cab/cab-error";
import { writeCabinet } from "#formats/cab/testing/cab-writer";
import { readAll, readFixture } from "#formats/cab/testing/read-all";
import { unpackCabinet } from "#formats/cab/unpack";

const FIXTURES = [
  "mszip.cab",
  "lzx15.cab",
  "lzx18-aligned-e8.cab",
  "lzx21-uncompressed-blocks.cab",
  "three-folders-reserved-areas.cab",
].map(readFixture);

/** Cabinets without checksums, so that damage reaches the decoders. */
const UNCHECKED = ["lzx15.cab", "lzx21-verbatim-e8.cab", "lzx18-aligned-e8.cab", "mszip.cab"].map(
  (name) => withoutChecksums(readFixture(name)),
);

const smallCabinet = writeCabinet({
  reserve: { header: 3, folder: 1, data: 2 },
  folders: [
    { compression: "mszip", files: [{ name: "a\\b.nbt", data: "firmware ".repeat(30) }] },
    {
      files: [
        { name: "c.xml", data: "<a/>" },
        { name: "d", data: "" },
      ],
    },
  ],
});

/** Zeroes the checksum of every block of a one-folder cabinet without reserved areas. */
function withoutChecksums(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = view.getUint32(36, true);
  for (let block = view.getUint16(40, true); block > 0; block -= 1) {
    view.setUint32(offset, 0, true);
    offset += 8 + view.getUint16(offset + 4, true);
  }
  return bytes;
}

/** Reads a cabinet and returns "read" or the `CabError`; rethrows any other error. */
function readOrRefuse(bytes: Uint8Array): "read" | CabError {
  try {
    readAll(bytes);
    return "read";
  } catch (error) {
    if (error instanceof CabError) {
      expect(error.message).toMatch(/^“[^\n]+”: [^\n]+\.$/);
      return error;
    }
    throw error;
  }
}

const aFlip = fc.record({
  place: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
  bit: fc.nat(7),
});

function flip(bytes: Uint8Array, flips: readonly { place: number; bit: number }[]): Uint8Array {
  const copy = new Uint8Array(bytes);
  for (const { place, bit } of flips) {
    const index = Math.floor(place * copy.length);
    copy[index] = (copy[index] ?? 0) ^ (1 << bit);
  }
  return copy;
}

test("refuses every truncation of a cabinet", () => {
  for (let length = 0; length < smallCabinet.length; length += 1) {
    expect(readOrRefuse(smallCabinet.subarray(0, length))).toBeInstanceOf(CabError);
  }
});

test("reads or refuses every cabinet with one byte changed", () => {
  for (let index = 0; index < smallCabinet.length; index += 1) {
    for (const value of [0x00, 0x01, 0x7f, 0x80, 0xff]) {
      readOrRefuse(smallCabinet.with(index, value));
    }
  }
});

test("refuses damage at any position in data with checksums", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...FIXTURES),
      fc.double({ min: 0.1, max: 0.999, noNaN: true }),
      (bytes, place) => {
        const result = readOrRefuse(flip(bytes, [{ place, bit: 3 }]));
        expect(result).toBeInstanceOf(CabError);
      },
    ),
    { numRuns: 60 },
  );
});

test("decoders refuse damage without a checksum or return other bytes, and never fail in another way", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...UNCHECKED),
      fc.array(aFlip, { minLength: 1, maxLength: 20 }),
      (bytes, flips) => {
        readOrRefuse(flip(bytes, flips));
      },
    ),
    { numRuns: 150 },
  );
});

test("reads or refuses random bytes after a valid start", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 120 }),
      fc.uint8Array({ minLength: 0, maxLength: 400 }),
      (keep, tail) => {
        readOrRefuse(new Uint8Array(Buffer.concat([smallCabinet.subarray(0, keep), tail])));
      },
    ),
    { numRuns: 500 },
  );
});

test("leaves no file and throws only a CabError for any input", async () => {
  const directory = await mkdtemp(join(tmpdir(), "hostile-"));
  const stagingDirectory = join(directory, "staging");
  const nested = writeCabinet({
    folders: [
      {
        files: [
          { name: "first", data: "first" },
          { name: "in.cab", data: smallCabinet },
        ],
      },
    ],
  });
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(aFlip, { minLength: 1, maxLength: 3 }), async (flips) => {
        await rm(stagingDirectory, { recursive: true, force: true });
        await mkdir(stagingDirectory);
        const path = join(directory, "in.cab");
        await writeFile(path, flip(nested, flips));
        const result: unknown = await unpackCabinet({ path, stagingDirectory }).catch(
          (error: unknown) => error,
        );
        const left = await readdir(stagingDirectory);
        if (result instanceof Error) {
          expect(result).toBeInstanceOf(CabError);
          expect(left).toEqual([]);
        } else {
          expect(left.every((name) => /^[0-9a-f]{64}$/.test(name))).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  } finally {
    await rm(directory, { recursive: true });
  }
});
