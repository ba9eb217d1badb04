import "server-only";
import { resolve } from "node:path";
import { env } from "#foundation/platform/env";

const SCHEME = "s3://";

/** Where content is stored. */
export type ContentLocation =
  | { readonly kind: "directory"; readonly directory: string }
  /** The prefix is empty or ends with a slash. */
  | { readonly kind: "s3"; readonly bucket: string; readonly prefix: string };

/** The content store of this process: `CONTENT_STORE`, else the data directory. */
export function contentLocation(): ContentLocation {
  const { CONTENT_STORE, DATA_DIRECTORY } = env();
  if (CONTENT_STORE === undefined) {
    return { kind: "directory", directory: DATA_DIRECTORY };
  }
  if (!CONTENT_STORE.startsWith(SCHEME)) {
    return { kind: "directory", directory: resolve(CONTENT_STORE) };
  }
  const [bucket = "", ...parts] = CONTENT_STORE.slice(SCHEME.length)
    .split("/")
    .filter((part) => part !== "");
  const prefix = parts.map((part) => `${part}/`).join("");
  return { kind: "s3", bucket, prefix };
}

/** The content store as an administrator writes it. */
export function describeContentStore(): string {
  return env().CONTENT_STORE ?? env().DATA_DIRECTORY;
}
