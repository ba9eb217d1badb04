import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CabError } from "#formats/cab/cab-error";
import type { Vocabulary } from "#formats/cab/description/model";
import { NO_VOCABULARY } from "#formats/cab/description/model";
import type { CabLimits } from "#formats/cab/limits";
import type { CabFileSpec } from "#formats/cab/testing/cab-writer";
import { writeCabinet } from "#formats/cab/testing/cab-writer";
import { readFixture } from "#formats/cab/testing/read-all";
import { NO_ANSWERS } from "#firmware/imports/model";
import type { PackageReading } from "#firmware/imports/server/read-package";
import { readPackage } from "#firmware/imports/server/read-package";
import { aZip } from "#firmware/imports/testing/zip-writer";

// Packages as administrators and common tools create them, read from the upload to the question or the rules.

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "field-packages-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

type ReadSpec = {
  readonly fileName?: string;
  readonly limits?: Partial<CabLimits>;
  readonly vocabulary?: Vocabulary;
};

async function read(bytes: Uint8Array, spec: ReadSpec = {}): Promise<PackageReading> {
  const { fileName = "package.cab", limits = {}, vocabulary = NO_VOCABULARY } = spec;
  const path = join(directory, "upload");
  await writeFile(path, bytes);
  const workDirectory = await mkdtemp(join(directory, "work-"));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return readPackage(
    { path, fileName, sizeBytes: bytes.length, sha256 },
    {
      answers: NO_ANSWERS,
      vocabulary,
      workDirectory,
      limits,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    },
  );
}

async function refusalOf(bytes: Uint8Array, spec: ReadSpec = {}): Promise<string> {
  const result: unknown = await read(bytes, spec).catch((error: unknown) => error);
  if (result instanceof CabError) {
    return result.message;
  }
  const reading = result instanceof Error ? Promise.reject(result) : await read(bytes, spec);
  return "error" in (await reading) ? JSON.stringify(await reading) : "not refused";
}

const fixture = (name: string) => readFixture(`field/${name}`);

async function readFixtureOf(name: string): Promise<PackageReading> {
  return read(fixture(name), { fileName: name });
}

/** "model updateType version" of every update. */
function updatesOf(reading: PackageReading): readonly string[] {
  const updates =
    reading.kind === "readable"
      ? reading.updates
      : reading.kind === "needs_details"
        ? reading.understood
        : [];
  return updates.map(
    ({ hardware: { model }, updateType, version }) => `${model} ${updateType} ${version}`,
  );
}

function unreadOf(reading: PackageReading) {
  return reading.kind === "readable" || reading.kind === "needs_details" ? reading.ignored : [];
}

function ignoredOf(reading: PackageReading): readonly string[] {
  return unreadOf(reading).map(({ path, code }) => `${path}: ${code ?? ""}`);
}

function askedOf(reading: PackageReading) {
  return reading.kind === "needs_details" ? reading.undescribed : [];
}

function cabinetOf(...files: readonly CabFileSpec[]): Uint8Array<ArrayBuffer> {
  return writeCabinet({ folders: [{ compression: "mszip", files }] });
}

const FOLDER = "UCPhone\\POLYCOM\\CX600\\A\\ENU\\4.0.7577.4387\\CPE";
const IMAGE: CabFileSpec = { name: `${FOLDER}\\CPE.nbt`, data: "firmware" };
const UPDATE = "CX600 CPE 4.0.7577.4387";

test("imports entries with identical bytes", async () => {
  const reading = await readFixtureOf("shared-range.cab");

  expect(updatesOf(reading)).toEqual([
    "CX600 CPE 4.0.7577.4387",
    "CX500 CPE 4.0.7577.4387",
    "CX3000 CPE 4.0.7577.4387",
  ]);
  expect(reading.kind === "readable" && reading.content).toHaveLength(1);
});

test.each([
  ["name-latin1.cab", ["Geräte-Hinweise.txt: name_encoding"]],
  ["readme-twice-by-case.cab", ["readme.txt: name_repeated", "README.TXT: name_repeated"]],
  ["name-colon.cab", [expect.stringMatching(/: name_reserved_character$/)]],
] as const)(
  "imports the image beside a side file with an unusable name: %s",
  async (name, ignored) => {
    const reading = await readFixtureOf(name);

    expect(reading.kind).toBe("readable");
    expect(updatesOf(reading)).toHaveLength(1);
    expect(ignoredOf(reading)).toEqual(ignored);
  },
);

test.each([
  ["..\\readme.txt", "name_outside"],
  ["C:\\notes.txt", "name_absolute"],
  ["\\notes.txt", "name_absolute"],
  ["nul.txt", "name_device"],
  ["notes.", "name_trailing_dot_or_space"],
  [Uint8Array.of(0x67, 0x72, 0xf6, 0xdf, 0x65), "name_encoding"],
  [`${"a\\".repeat(20)}b.txt`, "name_too_many_parts"],
  [`${"n".repeat(300)}.txt`, "name_length"],
  ["empty.bin", "empty"],
] as const)("lists a side file it cannot use with the reason: %j", async (name, code) => {
  const data = code === "empty" ? "" : "x";
  const reading = await read(cabinetOf(IMAGE, { name, data }));

  expect(updatesOf(reading)).toEqual([UPDATE]);
  expect(ignoredOf(reading)).toEqual([expect.stringMatching(new RegExp(`: ${code}$`))]);
});

test.each([
  ["leads out", { ...IMAGE, name: `..\\${FOLDER}\\CPE.nbt` }],
  ["absolute", { ...IMAGE, name: `C:\\${FOLDER}\\CPE.nbt` }],
  ["reserved", { ...IMAGE, name: `${FOLDER}\\nul.nbt` }],
] as const)("refuses an update whose image has an unusable name: %s", async (_, image) => {
  const refusal = await refusalOf(cabinetOf(image));

  expect(refusal).toContain('"unsound_name"');
  expect(refusal).toMatch(/(?:CPE|nul)\.nbt/);
});

test("refuses an update with two images or signatures whose names differ only in case", async () => {
  expect(await refusalOf(cabinetOf(IMAGE, { ...IMAGE, name: `${FOLDER}\\cpe.NBT` }))).toContain(
    "more than once",
  );
  expect(
    await refusalOf(
      cabinetOf(
        IMAGE,
        { name: `${FOLDER}\\CPE.cat`, data: "a" },
        { name: `${FOLDER}\\cpe.CAT`, data: "b" },
      ),
    ),
  ).toContain("more than once");
});

test.each(["dot-backslash.cab", "nine-parts.cab", "nested-layout.cab"])(
  "understands the folders of %s",
  async (name) => {
    const reading = await readFixtureOf(name);

    expect(reading.kind).toBe("readable");
    expect(updatesOf(reading)).toEqual([expect.stringMatching(/^CX600 CPE 4\.0\.7577\.\d+$/)]);
  },
);

test("does not treat a container as a folder, even if it is named like one", async () => {
  const inner = cabinetOf({ name: "CPE.nbt", data: "firmware" });
  const outer = cabinetOf({
    name: "UCPhone\\POLYCOM\\CX600\\A\\ENU\\4.0.7577.4387\\payload",
    data: inner,
  });

  expect(updatesOf(await read(outer))).toEqual([UPDATE]);
});

test("refuses an empty image and names it", async () => {
  expect(await refusalOf(fixture("empty-image.cab"))).toMatch(/CPE\.nbt.*empty/);
});

test("imports one update for each phone that a manifest names", async () => {
  expect(updatesOf(await readFixtureOf("one-update-many-devices.cab"))).toEqual([
    "CX500 CPE 4.0.7577.4463",
    "CX600 CPE 4.0.7577.4463",
    "CX3000 CPE 4.0.7577.4463",
  ]);
  expect(updatesOf(await readFixtureOf("one-update-many-models.cab"))).toEqual([
    "CX500 CPE 4.0.7577.4463",
    "CX600 CPE 4.0.7577.4463",
  ]);
});

test("reads a manifest in the encoding that it declares", async () => {
  expect(updatesOf(await readFixtureOf("manifest-windows-1252.cab"))).toEqual([
    "CX600 CPE 4.0.7577.4463",
  ]);
});

const MANIFEST = `<Update deviceType="UCPhone" brand="POLYCOM" model="CX600" revision="A" locale="ENU" updateType="CPE" version="4.0.7577.4387" note="®"><File>CPE.nbt</File></Update>`;

test.each([
  ["UTF-16 with a byte order mark", Buffer.from(`\uFEFF${MANIFEST}`, "utf16le")],
  [
    "UTF-8 under another label",
    Buffer.from(`<?xml version="1.0" encoding="iso-8859-1"?>${MANIFEST}`),
  ],
  [
    "Latin-1 as declared",
    Buffer.from(`<?xml version='1.0' encoding='ISO-8859-1'?>${MANIFEST}`, "latin1"),
  ],
])("reads a manifest in %s", async (_, data) => {
  const image = { name: "CPE.nbt", data: "firmware" };

  expect(updatesOf(await read(cabinetOf({ name: "updateInfo.xml", data }, image)))).toEqual([
    UPDATE,
  ]);
});

test.each([
  ["is not text in its encoding", Buffer.from(MANIFEST, "latin1"), "no_text"],
  [
    "declares an encoding that does not exist",
    Buffer.from(`<?xml version="1.0" encoding="x-none"?>${MANIFEST}`, "latin1"),
    "unknown_encoding",
  ],
  [
    "is in UTF-7",
    Buffer.from(`<?xml version="1.0" encoding="UTF-7"?>${MANIFEST.replaceAll("ü", "+APw-")}`),
    "unknown_encoding",
  ],
  ["is not XML", Buffer.from("<Update"), "no_xml"],
  ["names no field", Buffer.from("<a/>"), "no_fields"],
] as const)("asks for details and reports the manifest that %s", async (_, data, code) => {
  const reading = await read(
    cabinetOf({ name: "updateInfo.xml", data }, { name: "CPE.nbt", data: "firmware" }),
  );

  expect(reading.kind).toBe("needs_details");
  expect(ignoredOf(reading)).toEqual([`updateInfo.xml: ${code}`]);
  expect(askedOf(reading)).toMatchObject([{ path: "CPE.nbt", why: "not_mentioned" }]);
});

test("names the unknown encoding of a description that is no manifest", async () => {
  const data = `<?xml version="1.0" encoding="UTF-7"?><a/>`;
  const [ignored] = unreadOf(await read(cabinetOf(IMAGE, { name: "notes.xml", data })));

  expect(ignored).toMatchObject({ code: "unknown_encoding", values: { encoding: "UTF-7" } });
  expect(ignored?.reason).toContain("UTF-7");
});

/** A DER sequence as signatures (PKCS #7) are: an object identifier, signedData, and something. */
const SIGNATURE = Buffer.concat([
  Buffer.from("308200fa06092a864886f70d010702", "hex"),
  Buffer.alloc(239, 0x5a),
]);

test.each([
  ["nothing", []],
  ["zeros", [Buffer.alloc(3_000_000)]],
  ["a signature", [SIGNATURE]],
  ["a signature and padding", [SIGNATURE, Buffer.alloc(6)]],
  ["padding and a signature", [Buffer.alloc(2), SIGNATURE]],
])("reports nothing behind a cabinet that is followed by %s", async (_what, tail) => {
  const reading = await read(Buffer.concat([cabinetOf(IMAGE), ...tail]));

  expect(updatesOf(reading)).toEqual([UPDATE]);
  expect(ignoredOf(reading)).toEqual([]);
});

test.each([
  ["another cabinet", [], cabinetOf(IMAGE), "cabinet_behind"],
  ["zeros and another cabinet", [Buffer.alloc(700)], cabinetOf(IMAGE), "cabinet_behind"],
  ["a signature and another cabinet", [SIGNATURE], cabinetOf(IMAGE), "cabinet_behind"],
  ["other bytes", [], Buffer.from("--boundary--"), "bytes_behind"],
  ["half a signature", [], SIGNATURE.subarray(0, 200), "bytes_behind"],
  ["two signatures", [SIGNATURE], SIGNATURE, "bytes_behind"],
] as const)("reports %s behind a cabinet", async (...[, before, unread, code]) => {
  const first = Buffer.concat([cabinetOf(IMAGE), ...before]);
  const file = Buffer.concat([first, unread]);
  const place = `[${first.length}-${file.length - 1}]`;

  const reading = await read(file);

  expect(updatesOf(reading)).toEqual([UPDATE]);
  expect(ignoredOf(reading)).toEqual([`package.cab ${place}: ${code}`]);

  const inner = await read(cabinetOf({ name: "inner.cab", data: file }));
  expect(ignoredOf(inner)).toEqual([`inner.cab ${place}: ${code}`]);
});

test("returns the understood updates together with the question", async () => {
  const reading = await readFixtureOf("described-and-undescribed.cab");

  expect(reading.kind).toBe("needs_details");
  expect(updatesOf(reading)).toEqual(["CX600 CPE 4.0.7577.4463"]);
  expect(askedOf(reading)).toMatchObject([{ path: "OCInterim/ENU/cpe.nbt", why: "not_mentioned" }]);
});

test("offers every file as a candidate if no extension is known", async () => {
  const plain = await readFixtureOf("unknown-extension.cab");
  const inLayout = await readFixtureOf("unknown-extension-in-layout.cab");

  expect(askedOf(plain).map(({ path, why }) => [path, why])).toEqual([
    ["CX600/nk.nb0", "unknown_kind"],
    ["readme.txt", "unknown_kind"],
  ]);
  expect(askedOf(inLayout)).toMatchObject([
    { why: "unknown_kind", known: { model: "CX600", version: "4.0.7577.4463", updateType: "CPE" } },
  ]);
});

const typed = (type: string, image = "CPE.nbt") =>
  cabinetOf(
    {
      name: "updateInfo.xml",
      data: `<Updates><Update type="${type}" brand="POLYCOM" model="CX600" revision="A" locale="ENU" version="4.0.7577.4387"><File name="${image}"/></Update></Updates>`,
    },
    { name: image, data: "firmware" },
  );

test("treats a type as a device type only if it is known", async () => {
  expect(updatesOf(await readFixtureOf("type-attribute.cab"))).toEqual(["CX600 CPE 4.0.7577.4463"]);
  expect(updatesOf(await read(typed("UCPhone")))).toEqual([UPDATE]);
  expect(askedOf(await read(typed("CPE")))).toMatchObject([
    { known: { deviceType: null, updateType: "CPE" } },
  ]);
  expect(askedOf(await read(typed("Firmware", "boot.bin")))).toMatchObject([
    { known: { deviceType: null, updateType: null } },
  ]);
});

test("knows the types of existing rules", async () => {
  const vocabulary = { deviceTypes: ["DeskPhone"], updateTypes: ["EEPROM"] };

  expect(updatesOf(await read(typed("deskphone"), { vocabulary }))).toEqual([UPDATE]);
  expect(askedOf(await read(typed("EEPROM", "boot.bin"), { vocabulary }))).toMatchObject([
    { known: { deviceType: null, updateType: "EEPROM" } },
  ]);
});

test("understands folders with letters in the version", async () => {
  expect(updatesOf(await readFixtureOf("version-with-letters.cab"))).toEqual([
    "VVX500 sip 5.4.0A",
    "snom370 fw 8.7.3.19-beta",
  ]);
});

test.each([
  ["T46S-66.86.0.15.rom", "T46S", "66.86.0.15"],
  ["sip_v5.4.0.10182.ld", "sip", "5.4.0.10182"],
  ["66.86.0.15.rom", null, "66.86.0.15"],
  ["3111-44500-001.sip.ld", "3111-44500-001.sip", null],
])("suggests no version inside the update type of %s", async (name, updateType, version) => {
  const reading = await read(cabinetOf({ name, data: "firmware" }));

  expect(askedOf(reading)).toMatchObject([{ guessed: { updateType, version } }]);
});

test("imports the only cabinet of a ZIP archive", async () => {
  const reading = await readFixtureOf("zip-named.cab");

  expect(reading.kind).toBe("readable");
});

test("ignores other entries of a ZIP archive", async () => {
  const zip = aZip([
    { name: "__MACOSX/._UCUpdates.cab", data: Buffer.from("shadow") },
    { name: "../release notes.txt", data: Buffer.from("notes") },
    { name: "fw/UCUpdates.CAB", data: cabinetOf(IMAGE) },
  ]);

  const reading = await read(zip, { fileName: "UCUpdates.zip" });

  expect(updatesOf(reading)).toEqual([UPDATE]);
  expect(ignoredOf(reading)).toEqual(["../release notes.txt: no_image"]);
});

test.each([
  ["no cabinet", aZip([{ name: "a.txt", data: Buffer.from("a") }]), "without exactly one cabinet"],
  [
    "two cabinets",
    aZip(["a.cab", "b.cab"].map((name) => ({ name, data: cabinetOf(IMAGE) }))),
    "holds 2 packages",
  ],
  [
    "an encrypted cabinet",
    aZip([{ name: "a.cab", data: cabinetOf(IMAGE), flags: 1 }]),
    "encrypted",
  ],
  [
    "a damaged cabinet",
    aZip([{ name: "a.cab", data: cabinetOf(IMAGE), sizeBytes: 3 }]),
    "cannot be read",
  ],
  [
    "a bomb",
    aZip([
      {
        name: "a.cab",
        data: Buffer.alloc(20 * 1024 * 1024),
        deflated: deflateRawSync(Buffer.alloc(20 * 1024 * 1024)),
      },
    ]),
    "MAX_RATIO",
  ],
] as const)("refuses a ZIP archive with %s", async (_, bytes, words) => {
  expect(await refusalOf(bytes, { fileName: "UCUpdates.zip" })).toContain(words);
});

test("applies the upload limits to an archive", async () => {
  const zip = aZip([{ name: "a.cab", data: cabinetOf(IMAGE) }]);

  expect(await refusalOf(zip, { limits: { inputBytes: 50 } })).toContain("MAX_UPLOAD_BYTES");
});

test("names the kind of a file that is not a package", async () => {
  expect(await refusalOf(fixture("html-named.cab"))).toContain("web page");
  expect(await refusalOf(fixture("first-of-set.cab"))).toContain("MaxDiskSize=0");
});
