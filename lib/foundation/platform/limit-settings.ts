import { availableParallelism } from "node:os";
import { z } from "zod";
import { optional, wholeNumber } from "#foundation/platform/setting-kinds";

/** More processes answer no more phones than PostgreSQL records, and each needs some ten connections to it. */
const MAX_DEFAULT_PROCESSES = 8;

/** Limits for one sender, for one side of the firewall, and for one request. */
export const trafficSettings = {
  // The processes that answer phones. By default, one processor is left to the panel, the worker and PostgreSQL.
  PHONE_PROCESSES: optional(wholeNumber(1, 64)).transform(
    (value) => value ?? Math.min(MAX_DEFAULT_PROCESSES, Math.max(1, availableParallelism() - 1)),
  ),
  // How long a request may take to arrive, with its body. Uploads have their own limits, once the sender is known.
  REQUEST_TIMEOUT_SECONDS: optional(wholeNumber(1, 3_600)).transform((value) => value ?? 30),
  UPLOAD_TIMEOUT_SECONDS: optional(wholeNumber(1, 86_400)).transform((value) => value ?? 7_200),
  LOG_UPLOAD_TIMEOUT_SECONDS: optional(wholeNumber(1, 86_400)).transform((value) => value ?? 300),
  // On each side. An office behind NAT is one address; a proxy in TRUSTED_PROXIES is not limited.
  MAX_CONNECTIONS: optional(wholeNumber(1, 1_000_000)).transform((value) => value ?? 10_000),
  MAX_CONNECTIONS_PER_ADDRESS: optional(wholeNumber(1, 1_000_000)).transform(
    (value) => value ?? 2_500,
  ),
  // Images that are being sent, on each side. The address is that of the phone, also behind a proxy in TRUSTED_PROXIES.
  MAX_TRANSFERS: optional(wholeNumber(1, 100_000)).transform((value) => value ?? 1_000),
  MAX_TRANSFERS_PER_ADDRESS: optional(wholeNumber(1, 100_000)).transform((value) => value ?? 250),
  // A transfer that is slower than this over the window is ended; 0 allows any rate.
  MIN_TRANSFER_BYTES_PER_SECOND: optional(wholeNumber(0, 1_000_000_000)).transform(
    (value) => value ?? 2_048,
  ),
  TRANSFER_WINDOW_SECONDS: optional(wholeNumber(1, 3_600)).transform((value) => value ?? 30),
};

const perHour = wholeNumber(0, 100_000_000);

/** Limits on how many new phones and how many refused checks are stored. */
export const arrivalSettings = {
  // Covers a fleet of 100,000 phones that moves to this service in one evening.
  MAX_NEW_PHONES_PER_HOUR: optional(perHour).transform((value) => value ?? 100_000),
  MAX_NEW_PHONES_PER_ADDRESS_PER_HOUR: optional(perHour).transform((value) => value ?? 10_000),
  EXTERNAL_MAX_NEW_PHONES_PER_HOUR: optional(perHour).transform((value) => value ?? 5_000),
  EXTERNAL_MAX_NEW_PHONES_PER_ADDRESS_PER_HOUR: optional(perHour).transform(
    (value) => value ?? 500,
  ),
  // Above this number, the log, the metrics and the panel report how many there are and where they come from.
  NEW_PHONES_ALARM_PER_HOUR: optional(wholeNumber(1, 100_000_000)).transform(
    (value) => value ?? 1_000,
  ),
  // With so many phones that fell back, never came back or run another version, people are told. 0: never.
  PHONES_IN_TROUBLE_ALARM: optional(wholeNumber(0, 100_000_000)).transform((value) => value ?? 10),
  // On each side of the firewall. Refused checks beyond these limits are counted, not stored.
  MAX_REFUSED_CHECKS_PER_HOUR: optional(perHour).transform((value) => value ?? 10_000),
  MAX_REFUSED_CHECKS_PER_ADDRESS_PER_HOUR: optional(perHour).transform((value) => value ?? 100),
  // Phones whose checks all fall within one hour, after so many days of silence. 0 keeps them.
  FORGET_BRIEF_PHONES_AFTER_DAYS: optional(wholeNumber(0, 36_500)).transform(
    (value) => value ?? 14,
  ),
  // Any phone, after so many days of silence. 0 keeps it.
  FORGET_PHONES_AFTER_DAYS: optional(wholeNumber(0, 36_500)).transform((value) => value ?? 0),
};

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

const bytes = wholeNumber(1, Number.MAX_SAFE_INTEGER);

/** Limits on the space for phones' logs and for the files of the check log. */
export const logStoreSettings = {
  LOG_STORE_QUOTA_BYTES: optional(bytes).transform((value) => value ?? GIB),
  // Space of the check log in the database. Beyond it, the oldest days are deleted first; the current day is never
  // deleted.
  CHECK_LOG_QUOTA_BYTES: optional(bytes).transform((value) => value ?? 20 * GIB),
  // Free space that the disk keeps for everything else. Below it, no log and no line of the check log is written.
  LOG_STORE_FREE_BYTES: optional(wholeNumber(0, Number.MAX_SAFE_INTEGER)).transform(
    (value) => value ?? 256 * MIB,
  ),
  // For one phone; it may send so many at once.
  LOG_UPLOADS_PER_MINUTE: optional(wholeNumber(1, 10_000)).transform((value) => value ?? 10),
  // Whether the check log files in the original's format begin with a line of column names.
  CHECK_AUDIT_HEADER: optional(z.enum(["true", "false"], "true or false")).transform(
    (value) => value !== "false",
  ),
};
