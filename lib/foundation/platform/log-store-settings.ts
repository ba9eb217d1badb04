import { z } from "zod";
import { optional, wholeNumber } from "#foundation/platform/setting-kinds";

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
