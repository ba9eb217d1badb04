import { expect, test } from "vitest";
import { decodePhoneText, decodeXmlText } from "#formats/xml/decode-xml-text";

const XML = "<Größe>1</Größe>";

test.each([
  ["UTF-8", Buffer.from(XML)],
  ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${XML}`)],
  ["UTF-16 little-endian with a byte order mark", Buffer.from(`\uFEFF${XML}`, "utf16le")],
  ["UTF-16 little-endian without a byte order mark", Buffer.from(XML, "utf16le")],
  ["UTF-16 big-endian", Buffer.from(`\uFEFF${XML}`, "utf16le").swap16()],
  ["UTF-16 big-endian without a byte order mark", Buffer.from(XML, "utf16le").swap16()],
])("decodes %s", (_encoding, bytes) => {
  expect(decodeXmlText(bytes)).toEqual({ kind: "text", text: XML });
  expect(decodePhoneText(bytes)).toBe(XML);
});

test.each([
  ["windows-1250", "Ł", 0xa3],
  ["windows-1251", "Ж", 0xc6],
  ["windows-1252", "€", 0x80],
  ["Windows-1253", "Ω", 0xd9],
  ["windows-1254", "ğ", 0xf0],
  ["cp1252", "ü", 0xfc],
  ["ISO-8859-1", "ü", 0xfc],
  ["iso-8859-2", "Ł", 0xa3],
  ["iso-8859-5", "Ж", 0xb6],
  ["ISO-8859-15", "€", 0xa4],
  ["iso-8859-16", "€", 0xa4],
  ["us-ascii", "ü", 0xfc],
])("decodes %s as declared", (label, character, byte) => {
  const declaration = `<?xml version="1.0" encoding="${label}"?>`;
  const bytes = Buffer.concat([
    Buffer.from(`${declaration}<a>`),
    Uint8Array.of(byte),
    Buffer.from("</a>"),
  ]);
  const text = `${declaration}<a>${character}</a>`;

  expect(decodeXmlText(bytes)).toEqual({ kind: "text", text });
  expect(decodePhoneText(bytes)).toBe(text);
});

test("decodes escape sequences as declared, although they are valid UTF-8", () => {
  const declaration = '<?xml version="1.0" encoding="iso-2022-jp"?>';
  const bytes = Buffer.from(`${declaration}<a>\x1b$B$"\x1b(B</a>`);

  expect(decodeXmlText(bytes)).toEqual({ kind: "text", text: `${declaration}<a>あ</a>` });
});

test.each(["UTF-7", "utf-32", "ISO-10646-UCS-4", "cp437", "ibm037", "iso-8859-12", "x-none"])(
  "names the unknown encoding %s, although the bytes are valid UTF-8",
  (encoding) => {
    const bytes = Buffer.from(`<?xml version='1.0' encoding='${encoding}'?><a>+APw-</a>`);

    expect(decodeXmlText(bytes)).toEqual({ kind: "unknown_encoding", encoding });
    // A phone gets its update in spite of a wrong label: what it is known by is ASCII.
    expect(decodePhoneText(bytes)).toContain("<a>+APw-</a>");
  },
);

test.each([
  ["little-endian", [0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0]],
  ["little-endian without a byte order mark", [0x3c, 0, 0, 0, 0x61, 0, 0, 0]],
  ["big-endian", [0, 0, 0xfe, 0xff, 0, 0, 0, 0x3c]],
  ["big-endian without a byte order mark", [0, 0, 0, 0x3c, 0, 0, 0, 0x61]],
])("names UTF-32 %s", (_order, bytes) => {
  expect(decodeXmlText(Uint8Array.from(bytes))).toEqual({
    kind: "unknown_encoding",
    encoding: "UTF-32",
  });
});

test.each([
  ["bytes that are not UTF-8", Uint8Array.of(0x3c, 0xff, 0x3e)],
  ["half a UTF-16 character", Uint8Array.of(0xff, 0xfe, 0x3c)],
])("returns no text for %s", (_what, bytes) => {
  expect(decodeXmlText(bytes)).toEqual({ kind: "no_text" });
});

test("decodes text of a phone that is not UTF-8 as Windows-1252", () => {
  const bytes = Buffer.from("<UserID>Jürgen</UserID>", "latin1");
  expect(decodeXmlText(bytes)).toEqual({ kind: "no_text" });
  expect(decodePhoneText(bytes)).toBe("<UserID>Jürgen</UserID>");
});
