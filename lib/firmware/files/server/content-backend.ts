import "server-only";

import { join } from "node:path";
import { contentLocation } from "#foundation/platform/content-location";
import { env } from "#foundation/platform/env";
import type { ObjectStore } from "#foundation/platform/objects/object-store";
import { s3ObjectStore } from "#foundation/platform/objects/s3-object-store";

/** The content store of this service: a directory, or object storage. */
export type ContentBackend =
  | { readonly kind: "directory"; readonly directory: string }
  | { readonly kind: "objects"; readonly objects: ObjectStore; readonly name: string };

let backend: ContentBackend | null = null;

/**
 * One for each copy of this module, of which Next has its own: an error of object storage must belong to the classes of
 * its caller.
 */
export function contentBackend(): ContentBackend {
  backend ??= openBackend();
  return backend;
}

function openBackend(): ContentBackend {
  const location = contentLocation();
  if (location.kind === "directory") {
    return location;
  }
  const { bucket, prefix } = location;
  const { CONTENT_STORE_PATH_STYLE, AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 } = env();
  const hasEndpoint = AWS_ENDPOINT_URL !== undefined || AWS_ENDPOINT_URL_S3 !== undefined;
  const isPathStyle =
    CONTENT_STORE_PATH_STYLE === undefined ? hasEndpoint : CONTENT_STORE_PATH_STYLE === "true";
  return {
    kind: "objects",
    objects: s3ObjectStore({ bucket, prefix, isPathStyle }),
    name: `s3://${bucket}/${prefix}`,
  };
}

/** The directory on this host for unpacking, and for uploads if the content store is a directory. */
export function stagingDirectory(): string {
  const store = contentBackend();
  // On the file system of the store, so that a rename moves content into it.
  return join(store.kind === "directory" ? store.directory : env().DATA_DIRECTORY, "staging");
}
