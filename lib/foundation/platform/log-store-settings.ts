import { z } from "zod";
import { optional, wholeNumber } from "#foundation/platform/setting-kinds";

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

const bytes = wholeNumber(1, Number.MAX_SAFE_INTEGER);

/** What logs of phones and the files of the check log may take. */
export const logStoreSettings = {
  LOG_STORE_QUOTA_BYTES: optional(bytes).transform((value) => value ?? GIB),
  // What the check log may take in the database; beyond it the oldest days go first, and today's stays.
  CHECK_LOG_QUOTA_BYTES: optional(bytes).transform((value) => value ?? 20 * GIB),
  // What the disk keeps free for everything else; below it, no log and no line of the check log is written.
  LOG_STORE_FREE_BYTES: optional(wholeNumber(0, Number.MAX_SAFE_INTEGER)).transform(
    (value) => value ?? 256 * MIB,
  ),
  // Of one phone; so many may come at once.
  LOG_UPLOADS_PER_MINUTE: optional(wholeNumber(1, 10_000)).transform((value) => value ?? 10),
  // Whether the original's files of the check log begin with a line that names the columns.
  CHECK_AUDIT_HEADER: optional(z.enum(["true", "false"], "true or false")).transform(
    (value) => value !== "false",
  ),
};
