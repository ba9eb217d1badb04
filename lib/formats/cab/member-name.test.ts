import { expect, test } from "vitest";
import {
  nameProblemText,
  NAME_PROBLEMS,
  parseMemberName,
  toNameKey,
} from "#formats/cab/member-name";

const parse = (name: string) => parseMemberName(Buffer.from(name, "utf8"), 16);

test.each([
  ["CPE.nbt", "CPE.nbt"],
  ["UCPhone\\POLYCOM\\CX600\\A\\ENU\\4.0.7577.4100\\CPE\\CPE.nbt", null],
  ["a/b\\c.xml", "a/b/c.xml"],
  ["console.log", "console.log"],
  ["a..b", "a..b"],
  [".hidden", ".hidden"],
  ["téléphone.xml", "téléphone.xml"],
  [".\\CPE.nbt", "CPE.nbt"],
  ["././a/b", "a/b"],
  ["p1/p2/p3/p4/p5/p6/p7/p8/p9/p10/p11/p12/p13/p14/p15/p16", null],
])("accepts %s", (name, expected) => {
  expect(parse(name)).toEqual({ name: expected ?? name.replaceAll("\\", "/"), problem: null });
});

test("shows a name that is not UTF-8 as Windows-1252, and marks it unusable for updates", () => {
  const latin1 = Buffer.from("Ger\u00e4te-Hinweise.txt", "latin1");

  expect(parseMemberName(latin1, 16)).toEqual({ name: "Geräte-Hinweise.txt", problem: "encoding" });
  expect(parseMemberName(Uint8Array.of(0x80), 16)).toEqual({ name: "€", problem: "encoding" });
});

test.each([
  ["", "length"],
  ["n".repeat(256), "length"],
  ["a\\".repeat(16) + "b", "too_many_parts"],
  ["a\nb", "control_character"],
  ["a\u007fb", "control_character"],
  ["a\u0085b", "control_character"],
  ["a\u202etxt.exe", "control_character"],
  ["a<b", "reserved_character"],
  ["a>b", "reserved_character"],
  ["ab:c", "reserved_character"],
  ['a"b', "reserved_character"],
  ["a|b", "reserved_character"],
  ["a?b", "reserved_character"],
  ["a*b", "reserved_character"],
  ["\\a", "absolute"],
  ["/etc/passwd", "absolute"],
  ["\\\\server\\share", "absolute"],
  ["C:\\a", "absolute"],
  ["c:a", "absolute"],
  [".\\c:\\a", "absolute"],
  ["a\\\\b", "empty_part"],
  ["a\\", "empty_part"],
  ["a\\.\\b", "empty_part"],
  [".\\", "empty_part"],
  ["..", "outside"],
  ["a\\..\\b", "outside"],
  ["../a", "outside"],
  [".\\..\\a", "outside"],
  ["a.", "trailing_dot_or_space"],
  ["a \\b", "trailing_dot_or_space"],
  ["...", "trailing_dot_or_space"],
  ["NUL", "device"],
  ["a\\con.txt", "device"],
  ["COM1", "device"],
  ["com¹", "device"],
  ["lpt9.log", "device"],
  ["aux .x.y", "device"],
  ["CONIN$", "device"],
] as const)("marks %j unusable for updates", (name, problem) => {
  expect(parse(name).problem).toBe(problem);
});

test("replaces control characters and characters that change the text direction", () => {
  expect(parse("a\u202eb\u0007").name).toBe("a\uFFFDb\uFFFD");
});

test("words every problem as the end of a sentence", () => {
  for (const problem of NAME_PROBLEMS) {
    expect(nameProblemText(problem)).toMatch(/^[a-z].*\.$/);
  }
});

test("gives the same key to names that are the same file on some file systems", () => {
  expect(toNameKey("CPE.nbt")).toBe(toNameKey("cpe.NBT"));
  expect(toNameKey("e\u0301")).toBe(toNameKey("É"));
});
