import { expect, test } from "vitest";
import { parseMemberName, toNameKey } from "#lib/cab/member-name";

const parse = (name: string, isUtf8 = false) => parseMemberName(Buffer.from(name, "utf8"), isUtf8);

test.each([
  ["CPE.nbt", "CPE.nbt"],
  ["UCPhone\\POLYCOM\\CX600\\A\\ENU\\4.0.7577.4100\\CPE\\CPE.nbt", null],
  ["a/b\\c.xml", "a/b/c.xml"],
  ["console.log", "console.log"],
  ["a..b", "a..b"],
  [".hidden", ".hidden"],
])("accepts %s", (name, expected) => {
  expect(parse(name)).toEqual({ isAccepted: true, name: expected ?? name.replaceAll("\\", "/") });
});

test("reads UTF-8 where the attribute says so, and nothing but ASCII elsewhere", () => {
  expect(parse("téléphone.xml", true)).toEqual({ isAccepted: true, name: "téléphone.xml" });
  expect(parse("téléphone.xml")).toMatchObject({ problem: "the name is not valid ASCII." });
  expect(parseMemberName(Uint8Array.of(0x61, 0xc0, 0x80), true)).toMatchObject({
    problem: "the name is not valid UTF-8.",
  });
});

test.each([
  ["", "1 to 255 bytes"],
  ["n".repeat(256), "1 to 255 bytes"],
  ["a\\b\\c\\d\\e\\f\\g\\h\\i", "more than 8 parts"],
  ["a\nb", "control character"],
  ["a\u007fb", "control character"],
  ["a<b", "contains one of"],
  ["a>b", "contains one of"],
  ["ab:c", "contains one of"],
  ['a"b', "contains one of"],
  ["a|b", "contains one of"],
  ["a?b", "contains one of"],
  ["a*b", "contains one of"],
  ["\\a", "absolute"],
  ["/etc/passwd", "absolute"],
  ["\\\\server\\share", "absolute"],
  ["C:\\a", "absolute"],
  ["c:a", "absolute"],
  ["a\\\\b", "empty part"],
  ["a\\", "empty part"],
  ["a\\.\\b", "empty part"],
  ["..", "leads out"],
  ["a\\..\\b", "leads out"],
  ["../a", "leads out"],
  ["a.", "ends with a dot"],
  ["a \\b", "ends with a dot"],
  ["...", "ends with a dot"],
  ["NUL", "device"],
  ["a\\con.txt", "device"],
  ["COM1", "device"],
  ["lpt9.log", "device"],
  ["aux .x.y", "device"],
  ["CONIN$", "device"],
])("refuses %j", (name, problem) => {
  const parsed = parse(name);

  expect(parsed.isAccepted).toBe(false);
  expect(parsed).toHaveProperty("problem", expect.stringContaining(problem));
});

test("refuses a C1 control character and a superscript device name in UTF-8", () => {
  expect(parse("a\u0085b", true).isAccepted).toBe(false);
  expect(parse("com¹", true).isAccepted).toBe(false);
});

test("gives names that any system confuses the same key", () => {
  expect(toNameKey("CPE.nbt")).toBe(toNameKey("cpe.NBT"));
  expect(toNameKey("e\u0301")).toBe(toNameKey("É"));
});
