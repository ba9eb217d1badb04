import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parseEnv } from "#foundation/platform/env";
import { PRIVATE_RANGES } from "#foundation/platform/ip-ranges";

test("every setting has a working default", () => {
  expect(parseEnv({})).toEqual({
    PORT: 3000,
    DATA_DIRECTORY: resolve("data"),
    INTERNAL_NETWORKS: [...PRIVATE_RANGES],
    TRUSTED_PROXIES: [],
    LOG_LEVEL: "info",
    MAX_UPLOAD_BYTES: 2_147_483_648,
    MAX_UNPACKED_BYTES: 4_294_967_296,
    MAX_FILE_BYTES: 536_870_912,
    MAX_RATIO: 200,
    MAX_ENTRIES: 2048,
    CONTENT_CACHE_MB: 4096,
    CONTENT_SCRUB_DAYS: 7,
    CONTENT_SCRUB_BYTES_PER_SECOND: 8_388_608,
    MAX_FOLDERS: 256,
    MAX_NESTING: 3,
    MAX_PATH_PARTS: 16,
    CHECK_RETENTION_DAYS: 90,
    IMPORT_RETENTION_DAYS: 365,
    NEXT_CHECK_SECONDS: 86_400,
    INSTALL_IDLE_SECONDS: 300,
    CHECK_AUDIT_HEADER: true,
    BACKUP_BEFORE_MIGRATION: true,
    PHONE_PROCESSES: Math.min(8, Math.max(1, availableParallelism() - 1)),
    LDAP_ALLOW_PLAINTEXT: false,
    LDAP_CACHE_SECONDS: 300,
    LDAP_DOMAINS: [],
    LDAP_MAX_CONNECTIONS: 8,
    LDAP_MAX_WRONG_PASSWORDS: 4,
    LDAP_SIP_ATTRIBUTE: "msRTCSIP-PrimaryUserAddress",
    LDAP_STARTTLS: false,
    LDAP_TIMEOUT_MS: 3000,
    LDAP_URLS: [],
    LDAP_WRONG_PASSWORD_MINUTES: 30,
    LOG_STORE_FREE_BYTES: 268_435_456,
    LOG_STORE_QUOTA_BYTES: 1_073_741_824,
    CHECK_LOG_QUOTA_BYTES: 21_474_836_480,
    LOG_UPLOADS_PER_MINUTE: 10,
    NTLM_BEHIND_PROXY: false,
    NTLM_HELPERS: 16,
    NTLM_HELPER_OPTIONS: [],
    TLS_MIN_VERSION: "TLSv1.2",
    REQUEST_TIMEOUT_SECONDS: 30,
    UPLOAD_TIMEOUT_SECONDS: 7_200,
    LOG_UPLOAD_TIMEOUT_SECONDS: 300,
    MAX_CONNECTIONS: 10_000,
    MAX_CONNECTIONS_PER_ADDRESS: 2_500,
    MAX_TRANSFERS: 1_000,
    MAX_TRANSFERS_PER_ADDRESS: 250,
    MIN_TRANSFER_BYTES_PER_SECOND: 2_048,
    TRANSFER_WINDOW_SECONDS: 30,
    MAX_NEW_PHONES_PER_HOUR: 100_000,
    MAX_NEW_PHONES_PER_ADDRESS_PER_HOUR: 10_000,
    EXTERNAL_MAX_NEW_PHONES_PER_HOUR: 5_000,
    EXTERNAL_MAX_NEW_PHONES_PER_ADDRESS_PER_HOUR: 500,
    NEW_PHONES_ALARM_PER_HOUR: 1_000,
    PHONES_IN_TROUBLE_ALARM: 10,
    WEBHOOK_REFUSED_NETWORKS: [
      "0.0.0.0/8",
      "127.0.0.0/8",
      "169.254.0.0/16",
      "224.0.0.0/3",
      "::/127",
      "fe80::/10",
      "ff00::/8",
    ],
    MAX_REFUSED_CHECKS_PER_HOUR: 10_000,
    MAX_REFUSED_CHECKS_PER_ADDRESS_PER_HOUR: 100,
    FORGET_BRIEF_PHONES_AFTER_DAYS: 14,
    FORGET_PHONES_AFTER_DAYS: 0,
  });
});

test("uses the default for an empty variable", () => {
  expect(parseEnv({ PORT: "", EXTERNAL_PORT: " ", LOG_LEVEL: "" })).toEqual(parseEnv({}));
});

test("ignores variables that are not settings", () => {
  expect(parseEnv({ PATH: "/usr/bin", npm_lifecycle_event: "start" })).toEqual(parseEnv({}));
});

test("reads the values of all settings", () => {
  const env = parseEnv({
    PORT: "8080",
    EXTERNAL_PORT: "8443",
    DATA_DIRECTORY: "/srv/ucupdates",
    PUBLIC_URL: "https://updates.contoso.com/",
    POOL_FQDN: "Pool01.Contoso.com",
    INTERNAL_NETWORKS: "192.0.2.0/24, 2001:db8::/32",
  });

  expect(env).toMatchObject({
    PORT: 8080,
    EXTERNAL_PORT: 8443,
    DATA_DIRECTORY: "/srv/ucupdates",
    PUBLIC_URL: "https://updates.contoso.com",
    POOL_FQDN: "pool01.contoso.com",
    INTERNAL_NETWORKS: ["192.0.2.0/24", "2001:db8::/32"],
  });
});

test.each([
  ["PORT", "abc", "PORT must be a whole number from 0 to 65535."],
  ["PORT", "70000", "PORT must be a whole number from 0 to 65535."],
  ["EXTERNAL_PORT", "0", "EXTERNAL_PORT must be a whole number from 1 to 65535."],
  ["TLS_PORT", "https", "TLS_PORT must be a whole number from 0 to 65535."],
  ["TLS_MIN_VERSION", "1.0", "TLS_MIN_VERSION must be one of TLSv1, TLSv1.1, TLSv1.2, TLSv1.3."],
  ["LOG_LEVEL", "loud", "LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent."],
  [
    "INTERNAL_NETWORKS",
    "10.0.0.0/8, office",
    "INTERNAL_NETWORKS must be a comma-separated list of addresses or ranges such as 10.0.0.0/8.",
  ],
  [
    "DATABASE_URL",
    "mysql://localhost/x",
    "DATABASE_URL must be a URL such as postgresql://user:password@host:5432/ucupdates.",
  ],
  ["PUBLIC_URL", "updates", "PUBLIC_URL must be a URL such as https://updates.contoso.com."],
  ["POOL_FQDN", "pool 01", "POOL_FQDN must be a host name such as pool01.contoso.com."],
  ["ADMIN_PASSWORD", "short", "ADMIN_PASSWORD must be at least 10 characters long."],
  ["NEXTAUTH_SECRET", "short", "NEXTAUTH_SECRET must be at least 32 characters long."],
])("says in one sentence what is wrong with %s=%s", (name, value, sentence) => {
  expect(() => parseEnv({ [name]: value })).toThrow(
    expect.objectContaining({ code: "invalid_input", message: sentence }),
  );
});

test("names every invalid setting in one sentence", () => {
  expect(() => parseEnv({ PORT: "x", LOG_LEVEL: "x" })).toThrow(
    /^PORT must be [^.]*; LOG_LEVEL must be [^.]*\.$/,
  );
});
