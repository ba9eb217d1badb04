import { expect, test } from "vitest";
import { decodeCheckBody } from "#phones/check/decode-body";

test("decodes XML in the code page of Windows, also if it declares another encoding", () => {
  const xml = `<?xml version="1.0" encoding="utf-8"?><a><UserID>Jürgen</UserID></a>`;
  expect(decodeCheckBody("lync", Buffer.from(xml, "latin1"))).toBe(xml);
});

test.each([
  ["lync", "<a/>", "utf8"],
  ["lync", "<a/>", "utf16le"],
  ["json", "{}", "utf8"],
] as const)("drops the zeros after a body in %s: %s, %s", (dialect, text, encoding) => {
  expect(decodeCheckBody(dialect, Buffer.from(`${text}\0\0`, encoding))).toBe(text);
});

test("keeps a zero within a body", () => {
  expect(decodeCheckBody("lync", Buffer.from("<a>\0</a>"))).toBe("<a>\0</a>");
});
