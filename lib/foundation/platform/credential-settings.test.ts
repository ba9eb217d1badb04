import { expect, test } from "vitest";
import { parseEnv } from "#foundation/platform/env";

test("configures no directory and no NTLM, and safe defaults for the rest, without settings", () => {
  expect(parseEnv({})).toMatchObject({
    LDAP_URLS: [],
    LDAP_STARTTLS: false,
    LDAP_ALLOW_PLAINTEXT: false,
    LDAP_DOMAINS: [],
    LDAP_MAX_WRONG_PASSWORDS: 4,
    NTLM_HELPER_OPTIONS: [],
    NTLM_BEHIND_PROXY: false,
  });
});

test("reads servers and domains as an administrator writes them", () => {
  const env = parseEnv({
    LDAP_URLS: "ldaps://dc1.contoso.com, ldap://[::1]:3890",
    LDAP_STARTTLS: "yes",
    LDAP_DOMAINS: "CONTOSO=corp.contoso.com, Fabrikam.com",
  });
  expect(env.LDAP_URLS).toEqual(["ldaps://dc1.contoso.com", "ldap://[::1]:3890"]);
  expect(env.LDAP_STARTTLS).toBe(true);
  expect(env.LDAP_DOMAINS).toEqual([
    { short: "contoso", dns: "corp.contoso.com" },
    { short: null, dns: "fabrikam.com" },
  ]);
});

test.each([
  ["LDAP_URLS", "https://dc1.contoso.com"],
  ["LDAP_URLS", "ldaps://user:password@dc1"],
  ["LDAP_STARTTLS", "maybe"],
  ["LDAP_DOMAINS", String.raw`CONTOSO\corp`],
  ["LDAP_USER_FILTER", "(uid=adamb)"],
  ["LDAP_USER_FILTER", "uid={user}"],
  ["LDAP_BIND_TEMPLATE", "adamb@contoso.com"],
  ["LDAP_SIP_ATTRIBUTE", "mail)(uid=*"],
  ["LDAP_MAX_WRONG_PASSWORDS", "0"],
])("refuses %s=%s and names the setting", (name, value) => {
  expect(() => parseEnv({ [name]: value })).toThrow(name);
});
