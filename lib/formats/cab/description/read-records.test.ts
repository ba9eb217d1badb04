import fc from "fast-check";
import { expect, test } from "vitest";
import { FIELD_ALIASES } from "#formats/cab/description/aliases";
import { isUsableField } from "#formats/cab/description/field-rules";
import { DESCRIBED_FIELDS } from "#formats/cab/description/model";
import type { DescribedField } from "#formats/cab/description/model";
import { readRecords } from "#formats/cab/description/read-records";
import type { UpdateRecord } from "#formats/cab/description/read-records";
import { readXmlTree } from "#formats/xml/xml-tree";

function recordsIn(xml: string): readonly UpdateRecord[] {
  const tree = readXmlTree(xml);
  if (tree.kind === "refused") {
    throw new Error(tree.problem);
  }
  return readRecords(tree.root);
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Every spelling of a field: alias, case, punctuation, element or attribute. */
const spelling = fc.record({
  alias: fc.nat(),
  isUpper: fc.boolean(),
  separator: fc.constantFrom("", "-", "_"),
  prefix: fc.constantFrom("", "u:"),
  isAttribute: fc.boolean(),
});

const fieldValue = fc.string({ minLength: 1, maxLength: 64, unit: "binary" }).filter(isUsableField);

/** A value that reads like a list of values is disputed, except in a brand. */
function isNoList(value: string): boolean {
  return !/[,;|]/.test(value);
}

test("reads every field in every spelling", () => {
  const fields = fc.record(
    Object.fromEntries(
      DESCRIBED_FIELDS.map((field) => [
        field,
        fc.tuple(field === "brand" ? fieldValue : fieldValue.filter(isNoList), spelling),
      ]),
    ),
  );
  fc.assert(
    fc.property(fields, (written) => {
      const parts = DESCRIBED_FIELDS.map((field) => write(field, written[field]));
      const attributes = parts.filter(({ isAttribute }) => isAttribute).map(({ xml }) => xml);
      const elements = parts.filter(({ isAttribute }) => !isAttribute).map(({ xml }) => xml);

      const [record] = recordsIn(
        `<u:Updates xmlns:u="urn:x"><u:UPDATE ${attributes.join(" ")}>${elements.join("\n")}</u:UPDATE></u:Updates>`,
      );

      expect(record?.known).toEqual(
        Object.fromEntries(DESCRIBED_FIELDS.map((field) => [field, written[field]?.[0]])),
      );
    }),
  );
});

type Written = readonly [
  string,
  { alias: number; isUpper: boolean; separator: string; prefix: string; isAttribute: boolean },
];

function write(
  field: DescribedField,
  written: Written | undefined,
): { xml: string; isAttribute: boolean } {
  if (written === undefined) {
    throw new Error(`No value for ${field}.`);
  }
  const [value, { alias, isUpper, separator, prefix, isAttribute }] = written;
  const aliases: readonly string[] = [
    ...FIELD_ALIASES[field].nested,
    ...FIELD_ALIASES[field].direct,
  ];
  const plain = aliases[alias % aliases.length] ?? field;
  const cased = isUpper ? plain.toUpperCase() : plain;
  const name = `${prefix}${cased.slice(0, 2)}${separator}${cased.slice(2)}`;
  const xml = isAttribute
    ? `${name}="${escapeXml(value)}"`
    : `<${name}>${escapeXml(value)}</${name}>`;
  return { xml, isAttribute };
}

test("recognizes files by extension, and by an element name that means a file", () => {
  const [record] = recordsIn(
    `<Update name="Polycom v2.1 phones"><File name="a.nbt"/><Image>b.nb0</Image><Signature>a.cat</Signature>
     <Description>What is new in 4.0</Description><FileName>c.dat</FileName></Update>`,
  );

  expect(record?.files).toEqual([
    { name: "b.nb0", role: "image" },
    { name: "a.cat", role: "signature" },
    { name: "c.dat", role: null },
    { name: "a.nbt", role: "image" },
  ]);
});

test("finds nothing in a document about something else", () => {
  expect(recordsIn("<settings><volume>3</volume></settings>")).toEqual([]);
});
