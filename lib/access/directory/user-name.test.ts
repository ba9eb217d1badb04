import fc from "fast-check";
import { expect, test } from "vitest";
import { parseUserName, toAddress } from "#access/directory/user-name";

const DOMAINS = [
  { short: "contoso", dns: "corp.contoso.com" },
  { short: null, dns: "contoso.com" },
];

test.each([
  [String.raw`CONTOSO\adamb`, "down_level", "adamb", "corp.contoso.com"],
  [String.raw`corp.contoso.com\adamb`, "down_level", "adamb", "corp.contoso.com"],
  ["AdamB@Contoso.com", "address", "AdamB", "contoso.com"],
  ["sip:adamb@contoso.com", "sip", "adamb", "contoso.com"],
  ["SIP:adamb@CONTOSO.COM", "sip", "adamb", "contoso.com"],
  ["  adamb ", "bare", "adamb", null],
  ["jörg.müller@contoso.com", "address", "jörg.müller", "contoso.com"],
  ["adam b*)(@contoso.com", "address", "adam b*)(", "contoso.com"],
] as const)("parses %s", (text, ...[form, user, domain]) => {
  expect(parseUserName(text, DOMAINS)).toEqual({ form, user, domain });
});

test.each([
  "",
  "   ",
  "@contoso.com",
  String.raw`CONTOSO\ `.trimEnd(),
  String.raw`\adamb`,
  String.raw`CONTOSO\EVIL\adamb`,
  String.raw`CONTOSO\adamb@contoso.com`,
  "adamb@",
  "a@b@contoso.com",
  "sip:adamb",
  "adamb\0@contoso.com",
  "adamb\r\n@contoso.com",
  "adamb@contoso.com,dc=evil",
  "x".repeat(300),
])("refuses %j", (text) => {
  expect(parseUserName(text, [])).toBeNull();
});

test("refuses a domain that is not listed, and accepts any if no domains are listed", () => {
  expect(parseUserName("adamb@fabrikam.com", DOMAINS)).toBeNull();
  expect(parseUserName(String.raw`FABRIKAM\adamb`, DOMAINS)).toBeNull();
  expect(parseUserName("adamb@fabrikam.com", [])).toMatchObject({ domain: "fabrikam.com" });
});

test("refuses a separator or control character in the user part", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const name = parseUserName(text, []);
      expect(name === null || !/[\p{Cc}\\@/]/u.test(name.user)).toBe(true);
    }),
  );
});

test("returns an address only if the domain is known", () => {
  expect(toAddress({ form: "bare", user: "adamb", domain: null })).toBe("adamb");
  expect(toAddress({ form: "down_level", user: "adamb", domain: "contoso.com" })).toBe(
    "adamb@contoso.com",
  );
});
