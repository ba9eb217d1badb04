import fc from "fast-check";
import { expect, test } from "vitest";
import type {
  DescribedUpdate,
  PackageDescription,
  PackageMember,
} from "#formats/cab/description/model";
import { NOTHING_KNOWN } from "#formats/cab/description/path-layout";
import { describePackage } from "#formats/cab/description/read-description";
import {
  aManifest,
  aMember,
  anUpdateElement,
  anXml,
  CX600,
  namesOf,
  someDetails,
} from "#formats/cab/description/testing/members";

const { version, updateType, ...hardware } = CX600;
const STORE_FOLDER = "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE";

function updatesOf(description: PackageDescription): readonly DescribedUpdate[] {
  if (description.kind === "refused") {
    throw new Error(description.message);
  }
  expect(description.undescribed).toEqual([]);
  return description.updates;
}

function theUpdate(members: readonly PackageMember[]): DescribedUpdate | undefined {
  const updates = updatesOf(describePackage(members));
  expect(updates).toHaveLength(1);
  return updates[0];
}

test.each([
  ["at the root", "updateInfo.xml", "CPE.nbt"],
  ["of any case at any depth", "Inner.cab/UPDATEINFO.XML", "Inner.cab/CPE.nbt"],
])("takes everything from an updateInfo.xml %s", (_where, manifestPath, imagePath) => {
  const update = theUpdate([
    aManifest(manifestPath, anUpdateElement({ fileName: "CPE.nbt" })),
    aMember(imagePath),
    aMember(imagePath.replace("nbt", "CAT")),
  ]);

  expect(update).toMatchObject({ hardware, version, updateType, describedBy: "updateInfo" });
  expect(namesOf(update?.files ?? [])).toEqual(["image:CPE.nbt", "signature:CPE.CAT"]);
});

test("takes everything from the folders of the original's store, with or without an update type", () => {
  const expected = { hardware, version, updateType, describedBy: "path" };

  expect(theUpdate([aMember(`x/${STORE_FOLDER}/CPE.nbt`)])).toMatchObject(expected);
  expect(theUpdate([aMember(`${STORE_FOLDER.slice(0, -4)}/CPE.nbt`)])).toMatchObject(expected);
});

test("takes everything from a description next to the image", () => {
  const update = theUpdate([
    aMember("fw/CPE.nbt"),
    anXml("fw/CPE.xml", anUpdateElement()),
    anXml("fw/other.xml", "<settings/>"),
  ]);

  expect(update).toMatchObject({ hardware, version, describedBy: "sidecar" });
  expect(namesOf(update?.files ?? [])).toEqual(["image:CPE.nbt", "description:CPE.xml"]);
});

test("takes fields that updateInfo.xml lacks from the folders and states the source", () => {
  const manifest = aManifest(
    "updateInfo.xml",
    "<Update><Model>CX500</Model><file>CPE.nbt</file></Update>",
  );

  expect(theUpdate([manifest, aMember(`${STORE_FOLDER}/CPE.nbt`)])).toMatchObject({
    hardware: { ...hardware, model: "CX500" },
    describedBy: "path",
  });
});

test("offers one image to every model that its updateInfo.xml names", () => {
  const models = ["CX500", "CX600", "CX3000"];
  const updates = updatesOf(
    describePackage([
      aManifest("updateInfo.xml", ...models.map((model) => anUpdateElement({ model }))),
      aMember("CPE.nbt"),
    ]),
  );

  expect(updates.map((update) => update.hardware.model)).toEqual(models);
});

test("chooses between images of the same name by the folders that name the update's fields", () => {
  const updates = updatesOf(
    describePackage([
      aManifest(
        "updateInfo.xml",
        anUpdateElement({ model: "CX500", fileName: "CPE.nbt" }),
        anUpdateElement({ model: "CX600", fileName: "CPE.nbt" }),
      ),
      aMember("CX600/CPE.nbt"),
      aMember("cx500/CPE.nbt"),
    ]),
  );

  expect(updates.map(({ hardware: { model }, files }) => [model, files[0]?.path])).toEqual([
    ["CX500", "cx500/CPE.nbt"],
    ["CX600", "CX600/CPE.nbt"],
  ]);
});

test("applies the fields of an element around the updates to all of them, except its version", () => {
  const xml = `<Updates brand="POLYCOM" version="1.0" locale="ENU"><Updates deviceType="UCPhone">
    <Update model="CX600" revision="A" module="CPE" version="4.0.7577.4387"/></Updates></Updates>`;

  expect(theUpdate([anXml("updateInfo.xml", xml), aMember("CPE.nbt")])).toMatchObject({
    hardware,
    version,
  });
  expect(
    describePackage([
      anXml("updateInfo.xml", xml.replace(' version="4.0.7577.4387"', "")),
      aMember("CPE.nbt"),
    ]),
  ).toMatchObject({ updates: [], undescribed: [{ known: { ...hardware, version: null } }] });
});

test("does not use the type of a file as the type of the phone", () => {
  const xml = anUpdateElement().replace(
    /<deviceType>.*<\/deviceType>/,
    '<File type="image" name="CPE.nbt"/>',
  );

  expect(describePackage([anXml("updateInfo.xml", xml), aMember("CPE.nbt")])).toMatchObject({
    undescribed: [{ known: { deviceType: null, model: "CX600" } }],
  });
});

test("leaves a field unknown when an update gives two values for it", () => {
  const xml = anUpdateElement().replace("<Update>", '<Update model="CX500">');

  expect(describePackage([anXml("updateInfo.xml", xml), aMember("CPE.nbt")])).toMatchObject({
    updates: [],
    undescribed: [{ path: "CPE.nbt", known: { model: null, brand: "POLYCOM" } }],
  });
});

test("asks for details of plain firmware, with initial values from its name", () => {
  expect(describePackage([aMember("T48S-66.86.0.15.rom"), aMember("readme.txt")])).toEqual({
    kind: "described",
    updates: [],
    undescribed: [
      {
        ...aMember("T48S-66.86.0.15.rom"),
        fileName: "T48S-66.86.0.15.rom",
        why: "not_mentioned",
        known: NOTHING_KNOWN,
        guessed: { ...NOTHING_KNOWN, version: "66.86.0.15", updateType: "T48S" },
      },
    ],
    ignored: [
      {
        path: "readme.txt",
        code: "no_image",
        reason: "It belongs to no firmware image.",
        values: {},
      },
    ],
  });
});

test("uses the administrator's details, for every kind of phone given", () => {
  const given = [someDetails("SIP.LD"), someDetails("sip.ld", { model: "CX500" })];

  const updates = updatesOf(describePackage([aMember("sip.ld")], given));

  expect(updates.map((update) => [update.hardware.model, update.describedBy])).toEqual([
    ["CX600", "administrator"],
    ["CX500", "administrator"],
  ]);
});

test("accepts details that repeat the package's own description", () => {
  const members = [aMember(`${STORE_FOLDER}/CPE.nbt`)];

  expect(
    updatesOf(describePackage(members, [someDetails(`${STORE_FOLDER}/CPE.nbt`)])),
  ).toHaveLength(1);
});

test("accepts two identical descriptions", () => {
  const inner = (name: string): readonly PackageMember[] => [
    aManifest(`${name}/updateInfo.xml`, anUpdateElement()),
    aMember(`${name}/CPE.nbt`, { sha256: "ab".repeat(32) }),
  ];

  expect(updatesOf(describePackage([...inner("a.cab"), ...inner("b.cab")]))).toHaveLength(1);
});

test.each([
  ["no_firmware", null, [anXml("updateInfo.xml", "<a/>"), aMember("readme.txt")], []],
  [
    "missing_file",
    "updateInfo.xml",
    [aManifest("updateInfo.xml", anUpdateElement({ fileName: "gone.nbt" })), aMember("CPE.nbt")],
    [],
  ],
  ["details_without_file", "gone.ld", [aMember("sip.ld")], [someDetails("gone.ld")]],
  [
    "contradicting_details",
    `${STORE_FOLDER}/CPE.nbt`,
    [aMember(`${STORE_FOLDER}/CPE.nbt`)],
    [someDetails(`${STORE_FOLDER}/CPE.nbt`, { version: "9.9.9.9" })],
  ],
  [
    "unusable_field",
    "updateInfo.xml",
    [aManifest("updateInfo.xml", anUpdateElement({ model: "../../etc" })), aMember("CPE.nbt")],
    [],
  ],
  [
    "refused_description",
    "updateInfo.xml",
    [anXml("updateInfo.xml", '<!DOCTYPE a [<!ENTITY x "y">]><a/>'), aMember("CPE.nbt")],
    [],
  ],
  [
    "refused_description",
    "updateInfo.xml",
    [anXml("updateInfo.xml", `<a>${'<update model="a"/>'.repeat(1025)}</a>`), aMember("CPE.nbt")],
    [],
  ],
  [
    "conflicting_versions",
    "b/CPE.nbt",
    [
      aManifest("a/updateInfo.xml", anUpdateElement()),
      aMember("a/CPE.nbt"),
      aManifest("b/updateInfo.xml", anUpdateElement({ version: "4.0.7577.4363" })),
      aMember("b/CPE.nbt"),
    ],
    [],
  ],
  [
    "conflicting_content",
    "b/CPE.nbt",
    [
      aManifest("a/updateInfo.xml", anUpdateElement()),
      aMember("a/CPE.nbt"),
      aManifest("b/updateInfo.xml", anUpdateElement({ model: "cx600" })),
      aMember("b/CPE.nbt"),
    ],
    [],
  ],
] as const)("refuses as %s, naming %s", (...[reason, path, members, given]) => {
  const description = describePackage(members, given);

  expect(description).toMatchObject({ kind: "refused", reason, path });
  expect(description).toHaveProperty("message", expect.stringContaining(path ?? "no firmware"));
});

test.each([
  ["malformed", "<Updates>", "no_xml"],
  ["about something else", "<settings><volume>3</volume></settings>", "no_fields"],
])("asks for details when updateInfo.xml is %s, and says why it was not used", (...row) => {
  const [, text, code] = row;
  expect(describePackage([anXml("updateInfo.xml", text), aMember("CPE.nbt")])).toMatchObject({
    undescribed: [{ path: "CPE.nbt" }],
    ignored: [{ path: "updateInfo.xml", code }],
  });
});

test("returns a description or a refusal for every updateInfo.xml, never throws", () => {
  const word = fc.constantFrom(
    "Update",
    "Updates",
    "model",
    "version",
    "fileName",
    "CPE.nbt",
    "..",
    "a/b",
    "<",
    ">",
    "</",
    '="',
    '"',
    " ",
    "/>",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(word, { maxLength: 60 }).map((words) => words.join("")),
  );
  fc.assert(
    fc.property(text, fc.string(), (xml, path) => {
      const members = [
        anXml("updateInfo.xml", xml),
        anXml(`${path}.xml`, xml),
        aMember(`${path}/CPE.nbt`),
      ];
      expect(["described", "refused"]).toContain(describePackage(members).kind);
    }),
    { numRuns: 1_000 },
  );
});

test("reads a hostile manifest with thousands of file names quickly", () => {
  const names = Array.from({ length: 8_000 }, (_, index) => `<file>${index % 2_000}.nbt</file>`);
  const images = Array.from({ length: 2_000 }, (_, index) => aMember(`${index}.nbt`));
  const startedAt = performance.now();

  describePackage([anXml("updateInfo.xml", `<Update>${names.join("")}</Update>`), ...images]);

  expect(performance.now() - startedAt).toBeLessThan(10_000);
});
