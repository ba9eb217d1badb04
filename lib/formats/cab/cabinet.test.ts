import { expect, test } from "vitest";
import { CabError } from "#formats/cab/cab-error";
import type { CabErrorKind } from "#formats/cab/cab-error";
import { DEFAULT_CAB_LIMITS } from "#formats/cab/limits";
import type { CabLimits } from "#formats/cab/limits";
import { writeCabinet } from "#formats/cab/testing/cab-writer";
import type { CabFileSpec, CabFolderSpec, CabSpec } from "#formats/cab/testing/cab-writer";
import { readAll, readFixture } from "#formats/cab/testing/read-all";

const FRAME = 32_768;

function aFile(overrides: Partial<CabFileSpec> = {}): CabFileSpec {
  return { name: "CPE.nbt", data: "firmware", ...overrides };
}

function aFolder(overrides: Partial<CabFolderSpec> = {}): CabFolderSpec {
  return { compression: "mszip", files: [aFile()], ...overrides };
}

function aCabinet(overrides: Partial<CabSpec> = {}): Uint8Array {
  return writeCabinet({ folders: [aFolder()], ...overrides });
}

function aCabinetOf(file: Partial<CabFileSpec>): Uint8Array {
  return aCabinet({ folders: [aFolder({ files: [aFile(file)] })] });
}

function aCabinetIn(folder: Partial<CabFolderSpec>): Uint8Array {
  return aCabinet({ folders: [aFolder(folder)] });
}

/** Returns the `CabError` that reading throws; fails on anything else. */
function errorOf(bytes: Uint8Array, limits: Partial<CabLimits> = {}): CabError {
  try {
    readAll(bytes, limits);
  } catch (error) {
    expect(error).toBeInstanceOf(CabError);
    if (error instanceof CabError) {
      return error;
    }
  }
  throw new Error("The cabinet was read without an error.");
}

test.each(["stored", "mszip"] as const)("reads back a cabinet of our writer: %s", (compression) => {
  const large = Buffer.alloc(3 * FRAME + 17, "0123456789abcdef!");
  const bytes = writeCabinet({
    folders: [
      { compression, files: [aFile({ data: large }), aFile({ name: "a\\b.xml", data: "<a/>" })] },
      { compression, files: [aFile({ name: "second", data: large })] },
    ],
  });

  const { entries, unverifiedBlocks } = readAll(bytes);

  expect([...entries.keys()]).toEqual(["CPE.nbt", "a/b.xml", "second"]);
  expect(entries.get("CPE.nbt")?.content.equals(large)).toBe(true);
  expect(entries.get("a/b.xml")?.content.toString()).toBe("<a/>");
  expect(entries.get("second")?.content.equals(large)).toBe(true);
  expect(entries.get("second")?.modifiedAt).toBe("2012-06-05T10:20:30");
  expect(unverifiedBlocks).toBe(0);
});

test.each(["without_reserve", "with_reserve"] as const)(
  "accepts reserved areas, and checksums computed %s",
  (checksums) => {
    const bytes = aCabinet({ reserve: { header: 20, folder: 3, data: 5 }, checksums });

    expect(readAll(bytes).entries.get("CPE.nbt")?.content.toString()).toBe("firmware");
  },
);

test("accepts blocks without a checksum and counts them", () => {
  expect(readAll(aCabinet({ checksums: "none" })).unverifiedBlocks).toBe(1);
});

test("accepts bytes after the cabinet, where signatures are stored", () => {
  const bytes = Buffer.concat([aCabinet(), Buffer.alloc(100, 1)]);

  expect(readAll(new Uint8Array(bytes)).entries.size).toBe(1);
});

test("accepts unsorted entries, gaps, and empty entries in a folder without data", () => {
  const bytes = writeCabinet({
    folders: [
      {
        files: [
          aFile({ name: "second", data: "345", overrides: { folderOffset: 4 } }),
          aFile({ name: "first", data: "0", overrides: { folderOffset: 0 } }),
        ],
        blocks: [{ data: Buffer.from("0..-345."), unpackedBytes: 8 }],
      },
      { files: [aFile({ name: "empty", data: "" })] },
    ],
  });

  const { entries } = readAll(bytes);

  expect([...entries].map(([path, { content }]) => [path, content.toString()])).toEqual([
    ["first", "0"],
    ["second", "345"],
    ["empty", ""],
  ]);
});

type Row = readonly [rule: string, kind: CabErrorKind, message: string, bytes: Uint8Array];

const HEADER_RULES: readonly Row[] = [
  ["signature", "format", "not a cabinet", aCabinet({ overrides: { signature: "MSCE" } })],
  ["first reserved", "format", "reserved field", aCabinet({ overrides: { reserved1: 1 } })],
  ["second reserved", "format", "reserved field", aCabinet({ overrides: { reserved2: 1 } })],
  ["third reserved", "format", "reserved field", aCabinet({ overrides: { reserved3: 1 } })],
  ["version", "unsupported", "version 1", aCabinet({ overrides: { versionMajor: 2 } })],
  ["size beyond file", "format", "truncated", aCabinet({ overrides: { sizeBytes: 9999 } })],
  [
    "size below tables",
    "format",
    "middle of its tables",
    aCabinet({ overrides: { sizeBytes: 50 } }),
  ],
  ["unknown flag", "format", "unknown flags", aCabinet({ overrides: { flags: 8 } })],
  ["previous cabinet", "unsupported", "previous part is", aCabinet({ overrides: { flags: 1 } })],
  ["next cabinet", "unsupported", "MaxDiskSize=0", aCabinet({ overrides: { flags: 2 } })],
  ["no folder", "format", "no folder or no file", aCabinet({ overrides: { folderCount: 0 } })],
  ["no file", "format", "no folder or no file", aCabinet({ overrides: { fileCount: 0 } })],
  ["folder count", "limit", "256 folders", aCabinet({ overrides: { folderCount: 257 } })],
  ["file count", "limit", "2048 entries", aCabinet({ overrides: { fileCount: 2049 } })],
  [
    "header reserve",
    "format",
    "reserves more than",
    aCabinet({ reserve: { header: 4 }, overrides: { headerReserve: 60_001 } }),
  ],
  ["empty file", "format", "middle of its tables", new Uint8Array(0)],
  ["only a signature", "format", "middle of its tables", new Uint8Array(Buffer.from("MSCF"))],
];

const TABLE_RULES: readonly Row[] = [
  [
    "file table in folder table",
    "format",
    "overlaps",
    aCabinet({ overrides: { filesOffset: 40 } }),
  ],
  [
    "file table behind the end",
    "format",
    "middle of its tables",
    aCabinet({ overrides: { filesOffset: 0xffff_ffff } }),
  ],
  [
    "data in tables",
    "format",
    "overlaps the tables",
    aCabinetIn({ overrides: { dataOffset: 60 } }),
  ],
  [
    "data behind the end",
    "format",
    "over the end of the cabinet",
    aCabinetIn({ overrides: { dataOffset: 0xffff_ff00 } }),
  ],
  ["folder index", "format", "does not have", aCabinetOf({ overrides: { folderIndex: 1 } })],
  ["continued", "unsupported", "cabinet sets", aCabinetOf({ overrides: { folderIndex: 0xfffd } })],
  [
    "range beyond blocks",
    "format",
    "beyond the data",
    aCabinetOf({ overrides: { sizeBytes: FRAME + 1 } }),
  ],
  ["range beyond data", "format", "beyond the data", aCabinetOf({ overrides: { sizeBytes: 9 } })],
  [
    "offset beyond data",
    "format",
    "beyond the data",
    aCabinetOf({ overrides: { folderOffset: 2 ** 32 - 1 } }),
  ],
  [
    "overlapping entries",
    "format",
    "“b”: the entry overlaps",
    aCabinetIn({ files: [aFile(), aFile({ name: "b", overrides: { folderOffset: 7 } })] }),
  ],
  [
    "folders sharing data",
    "format",
    "into the next folder",
    aCabinet({
      folders: [
        aFolder({ overrides: { dataOffset: 200 } }),
        aFolder({ files: [aFile({ name: "b" })], overrides: { dataOffset: 200 } }),
      ],
    }),
  ],
  ["Quantum", "unsupported", "Quantum", aCabinetIn({ overrides: { typeCompress: 0x0f72 } })],
  ["unknown compression", "unsupported", "0x4", aCabinetIn({ overrides: { typeCompress: 4 } })],
  [
    "unknown bits of compression",
    "unsupported",
    "0x11",
    aCabinetIn({ overrides: { typeCompress: 0x11 } }),
  ],
  [
    "small LZX window",
    "unsupported",
    "14 bits",
    aCabinetIn({ overrides: { typeCompress: 0x0e03 } }),
  ],
  [
    "large LZX window",
    "unsupported",
    "22 bits",
    aCabinetIn({ overrides: { typeCompress: 0x1603 } }),
  ],
  ["long name", "format", "longer than 1024", aCabinetOf({ name: "n".repeat(1_025) })],
];

const BLOCK_RULES: readonly Row[] = [
  [
    "packed length",
    "format",
    "1 to 38912",
    aCabinetIn({ mapBlock: (b) => ({ ...b, dataBytes: 38_913 }) }),
  ],
  [
    "no packed data",
    "format",
    "1 to 38912",
    aCabinetIn({ mapBlock: (b) => ({ ...b, dataBytes: 0 }) }),
  ],
  [
    "no unpacked data",
    "format",
    "1 to 32768",
    aCabinetIn({ mapBlock: (b) => ({ ...b, unpackedBytes: 0 }) }),
  ],
  [
    "unpacked length",
    "format",
    "1 to 32768",
    aCabinetIn({ mapBlock: (b) => ({ ...b, unpackedBytes: FRAME + 1 }) }),
  ],
  [
    "short block in the middle",
    "format",
    "not the last one",
    aCabinetIn({
      files: [aFile({ data: Buffer.alloc(2 * FRAME) })],
      mapBlock: (b, index) => (index === 0 ? { ...b, unpackedBytes: FRAME - 1 } : b),
    }),
  ],
  [
    "stored lengths differ",
    "format",
    "two lengths differ",
    aCabinetIn({ compression: "stored", mapBlock: (b) => ({ ...b, unpackedBytes: 9 }) }),
  ],
  [
    "too few blocks",
    "format",
    "over the end",
    aCabinetIn({ compression: "stored", overrides: { blockCount: 2 } }),
  ],
  [
    "checksum",
    "integrity",
    "“CPE.nbt”: the checksum of block 1 does not match",
    aCabinetIn({ mapBlock: (b) => ({ ...b, checksum: 1 }) }),
  ],
  [
    "MSZIP signature",
    "data",
    "“CPE.nbt”: block 1 cannot be unpacked: the block does not begin",
    aCabinetIn({ mapBlock: (b) => ({ ...b, data: Buffer.from("KC\x03\x00") }) }),
  ],
  [
    "too much in MSZIP",
    "data",
    "longer than",
    aCabinetIn({
      mapBlock: (b) => ({ ...b, unpackedBytes: 7 }),
      files: [aFile({ overrides: { sizeBytes: 7 } })],
    }),
  ],
  [
    "too little in MSZIP",
    "data",
    "fewer bytes",
    aCabinetIn({ mapBlock: (b) => ({ ...b, unpackedBytes: 9 }) }),
  ],
  [
    "damaged MSZIP",
    "data",
    "damaged",
    aCabinetIn({ mapBlock: (b) => ({ ...b, data: Buffer.from("CK\xff\xff", "latin1") }) }),
  ],
  [
    "damaged LZX",
    "data",
    "“CPE.nbt”: block 1",
    aCabinetIn({ overrides: { typeCompress: 0x1503 } }),
  ],
];

test.each([...HEADER_RULES, ...TABLE_RULES, ...BLOCK_RULES])(
  "refuses a cabinet that breaks the rule about: %s",
  (...[, kind, message, bytes]) => {
    const error = errorOf(bytes);

    expect(error.kind).toBe(kind);
    expect(error.message).toContain(message);
    expect(error.message).toMatch(/^“[^\n]+”: [^\n]+\.$/);
  },
);

test("ignores attributes that do not describe the content", () => {
  for (const attributes of [0x08, 0x100, 0x8000, 0xffef]) {
    expect([...readAll(aCabinetOf({ attributes })).entries.keys()]).toEqual(["CPE.nbt"]);
  }
});

test("delivers entries that share the same bytes once, under each name", () => {
  const shared = { folderOffset: 0, sizeBytes: 8 };
  const bytes = aCabinet({
    folders: [
      {
        files: ["a", "b", "c"].map((name) => aFile({ name, data: "", overrides: shared })),
        blocks: [{ data: Buffer.from("firmware"), unpackedBytes: 8 }],
      },
    ],
  });

  const { entries } = readAll(bytes, { outputBytes: 24 });

  expect([...entries].map(([path, { content }]) => [path, content.toString()])).toEqual([
    ["a", "firmware"],
    ["b", "firmware"],
    ["c", "firmware"],
  ]);
  // Eight bytes are stored, and three entries of eight bytes are counted.
  expect(errorOf(bytes, { outputBytes: 23 })).toMatchObject({ kind: "limit" });
});

test("names the previous and next part of a cabinet that is part of a set", () => {
  const error = errorOf(readFixture("field/first-of-set.cab"));

  expect(error.kind).toBe("unsupported");
  expect(error.message).toContain("its next part is “2.cab”");
  expect(error.message).toContain("MaxDiskSize=0");
});

test("names the entry of a damaged block, not the first entry of the folder", () => {
  const bytes = aCabinetIn({
    files: [aFile({ data: Buffer.alloc(2 * FRAME) }), aFile({ name: "last.cat" })],
    mapBlock: (block, index) => (index === 2 ? { ...block, checksum: 1 } : block),
  });

  expect(errorOf(bytes).message).toBe(
    "“last.cat”: the checksum of block 3 does not match; the cabinet is damaged.",
  );
});

test("checks the blocks of every folder before any data is unpacked", () => {
  const bytes = aCabinet({
    folders: [
      aFolder({ mapBlock: (block) => ({ ...block, checksum: 1 }) }),
      aFolder({ files: [aFile({ name: "b" })], overrides: { blockCount: 9 } }),
    ],
  });

  // Unpacking would fail first at the wrong checksum in the first folder.
  expect(errorOf(bytes).kind).toBe("format");
});

test.each([
  [
    "a file",
    { bytesPerFile: 7 },
    "“CPE.nbt”: the entry unpacks to more than 7 bytes (MAX_FILE_BYTES).",
  ],
  [
    "the package",
    { outputBytes: 7 },
    "“test.cab”: the package unpacks to more than 7 bytes (MAX_UNPACKED_BYTES).",
  ],
  ["entries", { entries: 0 }, "“test.cab”: the cabinet has more than 0 entries (MAX_ENTRIES)."],
  [
    "folders",
    { foldersPerCabinet: 0 },
    "“test.cab”: the cabinet has more than 0 folders (MAX_FOLDERS).",
  ],
] as const)("holds the limit of %s", (_, limits, message) => {
  const error = errorOf(aCabinet(), limits);

  expect(error.kind).toBe("limit");
  expect(error.message).toBe(message);
});

test("refuses a bomb by its ratio before unpacking it, and allows any ratio for small output", () => {
  const zeros = aCabinetIn({ files: [aFile({ data: Buffer.alloc(17 * 1024 * 1024) })] });
  const few = aCabinetIn({ files: [aFile({ data: Buffer.alloc(1024 * 1024) })] });

  expect(errorOf(zeros)).toMatchObject({ kind: "limit" });
  expect(errorOf(zeros).message).toContain("200 times its size");
  expect(readAll(zeros, { ratio: 2000 }).entries.size).toBe(1);
  expect(readAll(few).entries.size).toBe(1);
});

test("the default limits do not change by accident", () => {
  expect(DEFAULT_CAB_LIMITS).toMatchObject({
    inputBytes: 2 ** 31,
    foldersPerCabinet: 256,
    entries: 2048,
    nesting: 3,
    pathParts: 16,
    bytesPerFile: 2 ** 29,
    outputBytes: 2 ** 32,
    ratio: 200,
    ratioFreeBytes: 2 ** 24,
  });
});
