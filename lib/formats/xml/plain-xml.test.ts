import fc from "fast-check";
import { expect, test } from "vitest";
import { readPlainXml } from "#formats/xml/plain-xml";
import { readXmlTree } from "#formats/xml/xml-tree";

const name = fc.constantFrom("Model", "ns:Mac-Address", "Serial_Number", "x", "A.b");
const text = fc.constantFrom("", "CX600", " padded ", "a b", "ü\u{1F4DE}", "]", "'", ">");
const attributes = fc
  .uniqueArray(fc.tuple(name, fc.constantFrom("", "1", " v ", ">")), { selector: ([key]) => key })
  .map((pairs) => pairs.map(([key, value]) => ` ${key}="${value}"`).join(""));

const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.tuple(name, attributes, text).map(([tag, head, body]) => `<${tag}${head}>${body}</${tag}>`),
    fc.tuple(name, attributes).map(([tag, head]) => `<${tag}${head}/>`),
    fc
      .tuple(name, attributes, fc.array(tie("element"), { maxLength: 4 }))
      .map(([tag, head, inner]) => `<${tag}${head}>\n  ${inner.join("\n")}</${tag}>`),
  ),
}));

test("reads every document that it accepts like the full parser", () => {
  fc.assert(
    fc.property(element, (document) => {
      const root = readPlainXml(document);
      expect(readXmlTree(document)).toMatchObject({ kind: "read", root: withoutTags(root) });
    }),
    { numRuns: 300 },
  );
});

/** Removes the extra fields that the plain reader uses only while reading. */
function withoutTags(root: ReturnType<typeof readPlainXml>): unknown {
  return root === null
    ? null
    : {
        name: root.name,
        attributes: root.attributes,
        children: root.children.map(withoutTags),
        text: root.text,
      };
}

test.each([
  ["a document type", "<!DOCTYPE a><a/>"],
  ["a comment", "<a><!-- c --></a>"],
  ["CDATA", "<a><![CDATA[x]]></a>"],
  ["a reference", "<a>&amp;</a>"],
  ["mixed content", "<a>text<b/></a>"],
  ["text after an element", "<a><b/>text</a>"],
  ["two roots", "<a/><b/>"],
  ["an element left open", "<a><b></a>"],
  ["an end without a start", "</a>"],
  ["a repeated attribute", '<a x="1" x="2"/>'],
  ["an attribute without a value", "<a x/>"],
  ["text before the root", "x<a/>"],
  ["text after the root", "<a/>x"],
  ["nothing", ""],
  ["deep nesting", `${"<a>".repeat(40)}${"</a>".repeat(40)}`],
])("leaves %s to the full parser", (_, document) => {
  expect(readPlainXml(document)).toBeNull();
});

test("skips a byte order mark and a declaration", () => {
  const root = readPlainXml('\uFEFF<?xml version="1.0" encoding="utf-8"?>\r\n<a>1</a>\r\n');
  expect(root).toMatchObject({ name: "a", text: "1" });
});

test("reads hostile documents in linear time", () => {
  const started = performance.now();
  for (const hostile of [
    `<a ${"x ".repeat(30_000)}>`,
    `<a${' b="1"'.repeat(10_000)}`,
    "<".repeat(60_000),
    `<a>${" ".repeat(60_000)}<`,
    `<${"a".repeat(60_000)}`,
  ]) {
    expect(readPlainXml(hostile)).toBeNull();
  }
  expect(performance.now() - started).toBeLessThan(2_000);
});
