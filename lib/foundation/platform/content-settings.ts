import { z } from "zod";
import { optional, wholeNumber } from "#foundation/platform/setting-kinds";

const MAX_CACHE_MIB = 10_000_000;

/** Where firmware, uploads and logs of phones are stored. */
export const contentSettings = {
  // A directory that all hosts share, or s3://bucket/prefix. Default: the data directory, which allows one host.
  CONTENT_STORE: optional(
    z
      .string()
      .trim()
      .regex(
        /^(?:s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[\w./=-]*)?|(?!s3:).+)$/,
        "a directory, or a bucket such as s3://firmware/ucupdates",
      ),
  ),
  // Space for copies of firmware from object storage, on the disk with the data directory.
  CONTENT_CACHE_MB: optional(wholeNumber(1, MAX_CACHE_MIB)).transform((value) => value ?? 4_096),
  // Whether the bucket is in the path of a URL instead of in the host name. Default: with an endpoint of your own.
  CONTENT_STORE_PATH_STYLE: optional(z.enum(["true", "false"], "true or false")),
  // Read by the AWS SDK itself. Here only for the default of the line above.
  AWS_ENDPOINT_URL: optional(z.string()),
  AWS_ENDPOINT_URL_S3: optional(z.string()),
};
