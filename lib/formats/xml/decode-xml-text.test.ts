import { expect, test } from "vitest";
import {
  decodePhoneText,
  decodeXmlText,
  MAX_DESCRIPTION_BYTES,
} from "#formats/xml/decode-xml-text";

const XML = "<Größe>1</Größe>";

test.each([
  ["UTF-8", Buffer.from(XML)],
  ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${XML}`)],
  ["UTF-16 little-endian with a byte order mark", Buffer.from(`\uFEFF${XML}`, "utf16le")],
  ["UTF-16 little-endian without a byte order mark", Buffer.from(XML, "utf16le")],
  ["UTF-16 big-endian", Buffer.from(`\uFEFF${XML}`, "utf16le").swap16()],
])("decodes %s", (_encoding, bytes) => {
  expect(decodeXmlText(bytes)).toBe(XML);
});

test.each([
  ["bytes that are not UTF-8", Uint8Array.of(0x3c, 0xff, 0x3e)],
  ["half a UTF-16 character", Uint8Array.of(0xff, 0xfe, 0x3c)],
  ["more than the limit", new Uint8Array(MAX_DESCRIPTION_BYTES + 1)],
])("returns null for %s", (_what, bytes) => {
  expect(decodeXmlText(bytes)).toBeNull();
});

test("decodes text of a phone that is not UTF-8 as Windows-1252", () => {
  const bytes = Buffer.from("<UserID>Jürgen</UserID>", "latin1");
  expect(decodeXmlText(bytes)).toBeNull();
  expect(decodePhoneText(bytes)).toBe("<UserID>Jürgen</UserID>");
});
