import { z } from "zod";
import {
  arrivalSettings,
  logStoreSettings,
  trafficSettings,
} from "#foundation/platform/limit-settings";
import { contentSettings } from "#foundation/platform/content-settings";
import { withoutTrailingSlashes } from "#foundation/core/trailing-slashes";
import { credentialSettings } from "#foundation/platform/credential-settings";
import { PRIVATE_RANGES, isIpRange } from "#foundation/platform/ip-ranges";
import { notificationSettings } from "#foundation/platform/notification-settings";
import { optional, wholeNumber } from "#foundation/platform/setting-kinds";
import { tlsSettings } from "#foundation/platform/tls-settings";

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

export const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const ranges = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  )
  .refine(
    (parts) => parts.every(isIpRange),
    "a comma-separated list of addresses or ranges such as 10.0.0.0/8",
  );

const databaseUrl = z
  .string()
  .regex(/^postgres(ql)?:\/\/\S+$/, "a URL such as postgresql://user:password@host:5432/ucupdates");

const publicUrl = z
  .url({ protocol: /^https?$/, error: "a URL such as https://updates.contoso.com" })
  .transform(withoutTrailingSlashes);

const fqdn = z
  .string()
  .trim()
  .toLowerCase()
  // DNS tools write the name with a dot at the end.
  .overwrite((text) => (text.endsWith(".") ? text.slice(0, -1) : text))
  .regex(
    /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/,
    "a host name such as pool01.contoso.com",
  );

const port = wholeNumber(1, 65_535);
const bytes = wholeNumber(1, Number.MAX_SAFE_INTEGER);

/** All settings with their defaults. Each message completes "NAME must be …". */
export const settings = z.object({
  // 0 lets the system choose a port; tests use it.
  PORT: optional(wholeNumber(0, 65_535)).transform((value) => value ?? 3000),
  HOST: optional(z.string().trim()),
  EXTERNAL_PORT: optional(port),
  DATA_DIRECTORY: optional(z.string()).transform((value) => value ?? "./data"),
  DATABASE_URL: optional(databaseUrl),
  // The address of PostgreSQL itself if DATABASE_URL leads through a pooler that does not keep sessions.
  DATABASE_DIRECT_URL: optional(databaseUrl),
  // Whether the rows of the built-in PostgreSQL are backed up before a newer release migrates them.
  BACKUP_BEFORE_MIGRATION: optional(z.enum(["true", "false"], "true or false")).transform(
    (value) => value !== "false",
  ),
  ADMIN_PASSWORD: optional(z.string().min(10, "at least 10 characters long")),
  POOL_FQDN: optional(fqdn),
  PUBLIC_URL: optional(publicUrl),
  INTERNAL_NETWORKS: optional(ranges).transform((value) => value ?? [...PRIVATE_RANGES]),
  TRUSTED_PROXIES: optional(ranges).transform((value) => value ?? []),
  LOG_LEVEL: optional(z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(", ")}`)).transform(
    (value) => value ?? "info",
  ),
  MAX_UPLOAD_BYTES: optional(bytes).transform((value) => value ?? 2 * GIB),
  MAX_UNPACKED_BYTES: optional(bytes).transform((value) => value ?? 4 * GIB),
  MAX_FILE_BYTES: optional(bytes).transform((value) => value ?? 512 * MIB),
  MAX_RATIO: optional(wholeNumber(1, 1_000_000)).transform((value) => value ?? 200),
  MAX_ENTRIES: optional(wholeNumber(1, 65_535)).transform((value) => value ?? 2048),
  // How long ended imports are listed. The latest of each package stays, with the answers that were given for it.
  IMPORT_RETENTION_DAYS: optional(wholeNumber(1, 36_500)).transform((value) => value ?? 365),
  // All stored firmware is read again within so many days, at most so many bytes per second. 0 days: never.
  CONTENT_SCRUB_DAYS: optional(wholeNumber(0, 365)).transform((value) => value ?? 7),
  CONTENT_SCRUB_BYTES_PER_SECOND: optional(bytes).transform((value) => value ?? 8 * MIB),
  MAX_FOLDERS: optional(wholeNumber(1, 65_535)).transform((value) => value ?? 256),
  MAX_NESTING: optional(wholeNumber(0, 16)).transform((value) => value ?? 3),
  MAX_PATH_PARTS: optional(wholeNumber(1, 128)).transform((value) => value ?? 16),
  CHECK_RETENTION_DAYS: optional(wholeNumber(1, 36_500)).transform((value) => value ?? 90),
  // What phones are told: when to check again, and how long to be idle before they install. The original's values.
  NEXT_CHECK_SECONDS: optional(wholeNumber(1, 2_592_000)).transform((value) => value ?? 86_400),
  INSTALL_IDLE_SECONDS: optional(wholeNumber(0, 86_400)).transform((value) => value ?? 300),
  ...arrivalSettings,
  ...contentSettings,
  ...credentialSettings,
  ...logStoreSettings,
  ...notificationSettings,
  ...tlsSettings,
  ...trafficSettings,
  // Set by npm: the directory in which a command was typed, which is not the working directory of the process. Paths in
  // arguments are relative to it.
  INIT_CWD: optional(z.string()),
  NEXTAUTH_SECRET: optional(z.string().min(32, "at least 32 characters long")),
  // Set by `npm start`, `npm run dev` and Next: "development" only during development.
  NODE_ENV: optional(z.string()),
});
