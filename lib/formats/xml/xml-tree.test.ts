import fc from "fast-check";
import { expect, test } from "vitest";
import { readXmlTree, toComparableName } from "#formats/xml/xml-tree";

test("reads names without namespace, case, hyphen and underscore", () => {
  expect(
    readXmlTree(
      '<u:Update_Info xmlns:u="urn:x" Device-Type="UCPhone"><u:MODEL>CX600</u:MODEL></u:Update_Info>',
    ),
  ).toEqual({
    kind: "read",
    root: {
      name: "updateinfo",
      attributes: [{ name: "devicetype", value: "UCPhone" }],
      children: [{ name: "model", attributes: [], children: [], text: "CX600" }],
      text: "",
    },
  });
});

test("joins text with CDATA and decodes references only outside CDATA", () => {
  const reading = readXmlTree("<a b='&quot;&#x41;&#66;'>x &amp; <![CDATA[&amp;]]> &lt;</a>");

  expect(reading).toMatchObject({ root: { text: "x &&amp;<", attributes: [{ value: '"AB' }] } });
});

test("keeps digits unchanged", () => {
  expect(readXmlTree("<v>4.10</v>")).toMatchObject({ root: { text: "4.10" } });
});

test("accepts a byte order mark and a declaration", () => {
  expect(readXmlTree('\uFEFF<?xml version="1.0" encoding="utf-16"?><a/>')).toMatchObject({
    kind: "read",
  });
});

test.each([
  ["document_type", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ["document_type", '<!doctype a SYSTEM "file:///etc/passwd"><a/>'],
  ["malformed", "<a>&b;</a>"],
  ["malformed", "<a>&#x110000;</a>"],
  ["malformed", "<a>&amp</a>"],
  ["malformed", "<a><b></a></b>"],
  ["malformed", "<a/><b/>"],
  ["malformed", ""],
  ["malformed", "MSCF"],
  ["malformed", "<a>".repeat(40) + "</a>".repeat(40)],
  ["malformed", "<__proto__>x</__proto__>"],
] as const)("refuses as %s: %s", (reason, text) => {
  expect(readXmlTree(text)).toMatchObject({ kind: "refused", reason });
});

test("refuses a document longer than the limit without parsing it", () => {
  expect(readXmlTree(`<a>${"x".repeat(20)}</a>`, 20)).toMatchObject({ reason: "too_long" });
});

test("returns a reading for any text, never throws", () => {
  const fragment = fc.constantFrom(
    "<",
    ">",
    "/",
    "&",
    ";",
    "a",
    "<a>",
    "</a>",
    "<a b='",
    "'",
    "<![CDATA[",
    "]]>",
    "<?x",
    "?>",
    "<!--",
    "-->",
    "<!",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, (xml) => {
      expect(["read", "refused"]).toContain(readXmlTree(xml).kind);
    }),
    { numRuns: 2_000 },
  );
});

test("gives all spellings of a name the same comparable form", () => {
  expect(["MACAddress", "mac-address", "x:Mac_Address"].map(toComparableName)).toEqual([
    "macaddress",
    "macaddress",
    "macaddress",
  ]);
});
