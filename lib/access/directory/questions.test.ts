import { expect, test } from "vitest";
import { isDisabled, readSipAddress, toBindName, toUserFilter } from "#access/directory/questions";
import type { UserName } from "#access/directory/user-name";

const AD = { userFilter: null, sipAttribute: "msRTCSIP-PrimaryUserAddress" };

function aName(options: Partial<UserName> = {}): UserName {
  return { form: "bare", user: "adamb", domain: null, ...options };
}

test.each([
  [aName(), "(sAMAccountName=adamb)"],
  [aName({ form: "down_level", domain: "contoso.com" }), "(sAMAccountName=adamb)"],
  [
    aName({ form: "address", domain: "contoso.com" }),
    "(|(userPrincipalName=adamb@contoso.com)(msRTCSIP-PrimaryUserAddress=sip:adamb@contoso.com))",
  ],
  [
    aName({ form: "sip", domain: "contoso.com" }),
    "(msRTCSIP-PrimaryUserAddress=sip:adamb@contoso.com)",
  ],
  [aName({ user: "*)(uid=*" }), String.raw`(sAMAccountName=\2a\29\28uid=\2a)`],
])("builds the Active Directory filter for %j", (name, condition) => {
  expect(toUserFilter(name, AD)).toBe(`(&(objectClass=user)(!(objectClass=computer))${condition})`);
});

test("fills in a custom filter in one pass and escapes the values", () => {
  const options = { ...AD, userFilter: "(|(uid={user})(mail={address}))" };
  expect(toUserFilter(aName({ user: "{address}*", domain: "a.b" }), options)).toBe(
    String.raw`(|(uid={address}\2a)(mail={address}\2a@a.b))`,
  );
});

test.each([
  ["{user}@contoso.com", "a,b@contoso.com"],
  [String.raw`CONTOSO\{user}`, String.raw`CONTOSO\a,b`],
  ["uid={user},ou=people,dc=contoso", String.raw`uid=a\,b,ou=people,dc=contoso`],
])("binds with %s", (template, expected) => {
  expect(toBindName(aName({ user: "a,b" }), template)).toBe(expected);
});

test.each([
  [null, false],
  ["512", false],
  ["514", true],
  ["66050", true],
  ["rubbish", true],
])("userAccountControl %s is disabled: %s", (value, expected) => {
  expect(isDisabled(value)).toBe(expected);
});

test.each([
  ["sip:AdamB@contoso.com", "adamb@contoso.com"],
  ["adamb@contoso.com", "adamb@contoso.com"],
  ["adamb", null],
  [null, null],
])("reads the SIP address %s", (value, expected) => {
  expect(readSipAddress(value)).toBe(expected);
});
