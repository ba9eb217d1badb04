import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FRAME_BYTES } from "#formats/cab/compression";
import { writeCabinet } from "#formats/cab/testing/cab-writer";
import { LzxWriter } from "#formats/cab/testing/lzx-writer";
import { readAll, readFixture } from "#formats/cab/testing/read-all";
import { digestsBySevenZip } from "#formats/cab/testing/seven-zip";
import { requireProgram } from "#foundation/platform/testing/debian-packages";

function ourDigests(cabinet: Uint8Array): Map<string, string> {
  return new Map([...readAll(cabinet).entries].map(([path, { sha256 }]) => [path, sha256]));
}

async function expectAgreement(cabinet: Uint8Array): Promise<void> {
  const ours = ourDigests(cabinet);
  expect(ours.size).toBeGreaterThan(0);
  expect(ours).toEqual(await digestsBySevenZip(cabinet));
}

test.each([
  "stored.cab",
  "mszip.cab",
  "lzx15.cab",
  "lzx16.cab",
  "lzx17.cab",
  "lzx18.cab",
  "lzx19.cab",
  "lzx20.cab",
  "lzx21.cab",
  "lzx21-verbatim-e8.cab",
  "lzx18-aligned-e8.cab",
  "lzx21-uncompressed-blocks.cab",
  "three-folders-reserved-areas.cab",
])("reads the same bytes from %s as 7-Zip", async (name) => {
  await expectAgreement(readFixture(name));
});

test("reads the same bytes as 7-Zip from cabinets of our own writer", async () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 3 * FRAME_BYTES }), {
    minLength: 1,
    maxLength: 4,
  });
  const folders = fc.array(fc.tuple(fc.constantFrom("stored", "mszip"), sizes), {
    minLength: 1,
    maxLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(folders, fc.nat(), async (specs, seed) => {
      const cabinet = writeCabinet({
        // 7-Zip includes the reserved bytes in the checksum; other readers do not.
        checksums: "with_reserve",
        reserve: { header: seed % 7, folder: seed % 5, data: seed % 9 },
        folders: specs.map(([compression, fileSizes], folder) => ({
          compression,
          files: fileSizes.map((size, file) => ({
            name: `folder${folder}\\file${file}`,
            data: Buffer.from(
              Uint8Array.from({ length: size }, (_, at) => (at * (at + seed)) >> 7),
            ),
          })),
        })),
      });
      await expectAgreement(cabinet);
    }),
    { numRuns: 12 },
  );
});

test.each([15, 18, 21])(
  "reads the same bytes as 7-Zip from LZX with call translation, window of %d bits",
  async (windowBits) => {
    const total = 2 * FRAME_BYTES + 41;
    const writer = new LzxWriter(windowBits, 1_000_000);
    writer.openBlock(total, { isAligned: true });
    for (let start = 0; start < total; start += FRAME_BYTES) {
      const frameBytes = Math.min(FRAME_BYTES, total - start);
      // Enough E8 bytes with operands of every size, on both sides of the last ten bytes.
      for (let at = 0; at < frameBytes; at += 1) {
        const position = start + at;
        if (position > 40_000 && at + 9 <= frameBytes && position % 11 === 0) {
          writer.token({ length: 9, distance: 1 + ((position * 7) % Math.min(30_000, position)) });
          at += 8;
        } else {
          writer.token({ literal: position % 13 === 0 ? 0xe8 : position % 5 === 0 ? 0 : at & 255 });
        }
      }
      writer.endFrame(frameBytes);
    }
    const cabinet = writeCabinet({
      folders: [
        {
          files: [{ name: "code.bin", data: "", overrides: { sizeBytes: total } }],
          blocks: writer.frames,
          overrides: { typeCompress: (windowBits << 8) | 3 },
        },
      ],
    });

    await expectAgreement(cabinet);
  },
);

test("reads what gcab packs", async () => {
  await requireProgram("/usr/bin/gcab", ["gcab"]);
  const directory = mkdtempSync(join(tmpdir(), "gcab-"));
  try {
    const data = Buffer.from(Uint8Array.from({ length: 200_000 }, (_, at) => (at * at) >> 9));
    writeFileSync(join(directory, "CPE.nbt"), data);
    execFileSync("gcab", ["-c", "-z", "-n", "out.cab", "CPE.nbt"], { cwd: directory });

    const { entries } = readAll(new Uint8Array(readFileSync(join(directory, "out.cab"))));

    expect(entries.get("CPE.nbt")?.content.equals(data)).toBe(true);
  } finally {
    rmSync(directory, { recursive: true });
  }
}, 120_000);
