import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Prisma } from "#generated/client";
import { writeCabinet } from "#formats/cab/testing/cab-writer";
import type { CabFileSpec, CabFolderSpec } from "#formats/cab/testing/cab-writer";
import { findImportById } from "#firmware/imports/server/store";
import { anImage, aPackage } from "#firmware/imports/testing/packages";
import {
  NOTHING_VISIBLE,
  countVisible,
  emptyImports,
  importOf,
  requireFailure,
} from "#firmware/imports/testing/imports";
import { db } from "#foundation/platform/db/client";
import { aPool } from "#firmware/rules/testing/rules";

const IMAGE_PATH = "UCPhone\\POLYCOM\\CX600\\A\\ENU\\4.0.7577.4387\\CPE\\CPE.nbt";

beforeEach(async () => {
  await emptyImports();
  await aPool();
});

afterEach(() => {
  vi.restoreAllMocks();
});

function aCabinet(files: readonly CabFileSpec[], folder: Partial<CabFolderSpec> = {}): Uint8Array {
  return writeCabinet({ folders: [{ compression: "mszip", files, ...folder }] });
}

function anImageEntry(name = IMAGE_PATH): CabFileSpec {
  return { name, data: anImage("image") };
}

function aCabinetNamed(name: string): Uint8Array {
  return aCabinet([anImageEntry(), { name, data: "x" }]);
}

/** A decompression bomb: its compression ratio is far above that of firmware. */
function aBomb(): Uint8Array {
  return aCabinet([{ name: IMAGE_PATH, data: new Uint8Array(64 * 1024 * 1024) }]);
}

function withoutDescription(): Uint8Array {
  return aCabinet([
    { name: "readme.txt", data: "Read me." },
    { name: "licence.rtf", data: "Do not copy." },
  ]);
}

function inTwoFolders(): Uint8Array {
  return writeCabinet({
    folders: [
      { compression: "mszip", files: [anImageEntry("a\\CPE.nbt")] },
      { compression: "mszip", files: [anImageEntry("A\\cpe.NBT")] },
    ],
  });
}

/** Packages that must fail, with a pattern of the error message. */
const BAD_PACKAGES: readonly (readonly [string, () => Uint8Array, RegExp])[] = [
  [
    "no cabinet at all",
    () => Buffer.from("This is a letter."),
    /UCUpdates\.cab.*neither a cabinet/,
  ],
  ["a cabinet that is cut short", () => aPackage().subarray(0, -1_000), /UCUpdates\.cab/],
  ["a cabinet of which only the start exists", () => aPackage().subarray(0, 20), /UCUpdates\.cab/],
  [
    "a wrong checksum",
    () => aCabinet([anImageEntry()], { mapBlock: (block) => ({ ...block, checksum: 1 }) }),
    /CPE\.nbt.*checksum/,
  ],
  ["a name with parent directories", () => aCabinetNamed("..\\..\\evil.nbt"), /evil\.nbt/],
  ["an absolute name", () => aCabinetNamed("\\windows\\evil.nbt"), /evil\.nbt/],
  ["a name on a drive", () => aCabinetNamed("C:\\evil.nbt"), /evil\.nbt/],
  [
    "an unknown compression",
    () => aCabinet([anImageEntry()], { overrides: { typeCompress: 9 } }),
    /UCUpdates\.cab/,
  ],
  [
    "Quantum compression",
    () => aCabinet([anImageEntry()], { overrides: { typeCompress: 2 } }),
    /not supported/,
  ],
  ["an entry twice", inTwoFolders, /CPE\.nbt|cpe\.NBT/],
  ["no firmware file", withoutDescription, /no firmware file/],
  ["a bomb", aBomb, /bomb/],
  [
    "a manifest that names a file that is not there",
    () =>
      aCabinet([
        {
          name: "updateInfo.xml",
          data: "<Updates><Update><deviceType>UCPhone</deviceType><brand>B</brand><model>M</model><revision>A</revision><locale>ENU</locale><version>1.0</version><updateType>CPE</updateType><file>gone.nbt</file></Update></Updates>",
        },
      ]),
    /gone\.nbt/,
  ],
];

test.each(BAD_PACKAGES)("fails for a package with %s and leaves nothing behind", async (...row) => {
  const [, make, sentence] = row;

  const job = await importOf(make());

  expect(requireFailure(job)).toMatch(sentence);
  expect(await countVisible()).toEqual(NOTHING_VISIBLE);
});

test("stores the failure code of a failed import and the entry that failed", async () => {
  expect(await importOf(Buffer.from("This is a letter."))).toMatchObject({
    state: "failed",
    failure: { code: "cabinet_format", subject: "UCUpdates.cab" },
  });
});

test.each([
  ["stored only the sentence", Prisma.DbNull],
  ["stored an unknown code", { failure: { code: "bad_luck", subject: "a.ld" } }],
])("reads a failed import of another version, which %s", async (_what, report) => {
  const { id } = await importOf(Buffer.from("This is a letter."));
  await db.importJob.update({ where: { id }, data: { report } });

  const job = await findImportById(db, id);
  expect(job).toMatchObject({ state: "failed", failure: null });
  expect(job && requireFailure(job)).toContain("neither a cabinet");
});

test("records a failed import with its error sentence in the audit trail", async () => {
  const job = await importOf(Buffer.from("This is a letter."));

  expect(await db.auditEntry.findFirst({ orderBy: { id: "desc" } })).toMatchObject({
    action: "import.failed",
    subjectId: job.id,
    facts: { error: requireFailure(job) },
  });
});

test.each([
  ["too many entries", { MAX_ENTRIES: 2 }, /more than 2 entries/],
  ["more than may be unpacked", { MAX_UNPACKED_BYTES: 150_000 }, /more than 150000 bytes/],
  ["too large a file", { MAX_FILE_BYTES: 99_999 }, /CPE\.nbt/],
] as const)("fails for a package with %s according to the settings", async (...row) => {
  const [, limits, sentence] = row;
  const module = await import("#foundation/platform/env");
  const settings = module.env();
  vi.spyOn(module, "env").mockReturnValue({ ...settings, ...limits });

  const job = await importOf(
    aPackage([
      { model: "CX500", version: "1.0" },
      { model: "CX600", version: "1.0" },
      { model: "CX3000", version: "1.0" },
    ]),
  );

  expect(requireFailure(job)).toMatch(sentence);
  expect(await countVisible()).toEqual(NOTHING_VISIBLE);
});

test("refuses a version that is in use with different content", async () => {
  const phone = { model: "CX600", version: "1.0" };
  await importOf(aPackage([phone]));

  const job = await importOf(aPackage([{ ...phone, image: anImage("other content") }]));

  expect(requireFailure(job)).toContain("CX600 1.0");
  expect(await db.package.count()).toBe(1);
});
