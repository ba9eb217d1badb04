import { expect, test } from "vitest";
import { toDirectoryConfiguration } from "#access/directory/configuration";
import type { DirectorySettings } from "#access/directory/configuration";

function settings(options: Partial<DirectorySettings> = {}): DirectorySettings {
  return {
    LDAP_URLS: ["ldaps://dc1.contoso.com"],
    LDAP_STARTTLS: false,
    LDAP_ALLOW_PLAINTEXT: false,
    LDAP_BASE_DN: "dc=contoso,dc=com",
    LDAP_BIND_DN: "cn=service,dc=contoso,dc=com",
    LDAP_BIND_PASSWORD: "secret",
    LDAP_SIP_ATTRIBUTE: "msRTCSIP-PrimaryUserAddress",
    LDAP_DOMAINS: [],
    LDAP_TIMEOUT_MS: 3000,
    LDAP_CACHE_SECONDS: 300,
    LDAP_MAX_CONNECTIONS: 8,
    LDAP_MAX_WRONG_PASSWORDS: 4,
    LDAP_WRONG_PASSWORD_MINUTES: 30,
    ...options,
  };
}

test("returns null if no server is configured", () => {
  expect(toDirectoryConfiguration(settings({ LDAP_URLS: [] }))).toBeNull();
});

test("refuses to send passwords in the clear to another machine", () => {
  for (const url of ["ldap://dc1.contoso.com", "ldap://10.0.0.1", "ldap://localhost.evil.com"]) {
    expect(() => toDirectoryConfiguration(settings({ LDAP_URLS: [url] }))).toThrow(/in the clear/);
  }
});

test.each([
  [{ LDAP_URLS: ["ldap://127.0.0.1:3890"] }, false],
  [{ LDAP_URLS: ["ldap://[::1]"] }, false],
  [{ LDAP_URLS: ["ldap://dc1.contoso.com"], LDAP_STARTTLS: true }, true],
  [{ LDAP_URLS: ["ldap://dc1.contoso.com"], LDAP_ALLOW_PLAINTEXT: true }, false],
  [{ LDAP_URLS: ["ldaps://dc1.contoso.com"], LDAP_STARTTLS: true }, false],
])("accepts %j with StartTLS %s", (options, isStartTls) => {
  expect(toDirectoryConfiguration(settings(options))?.servers).toMatchObject([{ isStartTls }]);
});

test.each([
  [{ LDAP_BIND_PASSWORD: "" }, /LDAP_BIND_PASSWORD/],
  [{ LDAP_BIND_PASSWORD: undefined }, /LDAP_BIND_PASSWORD/],
  [{ LDAP_BASE_DN: undefined }, /LDAP_BASE_DN/],
  [{ LDAP_BIND_DN: undefined }, /LDAP_BIND_TEMPLATE/],
  [{ LDAP_BIND_TEMPLATE: "{user}@contoso.com" }, /exclude/],
])("refuses %j", (options, message) => {
  expect(() => toDirectoryConfiguration(settings(options))).toThrow(message);
});
