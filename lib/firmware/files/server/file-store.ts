import "server-only";

import { join } from "node:path";
import type { FileStore } from "#firmware/files/model";
import { contentCache } from "#firmware/files/server/content-cache";
import { contentBackend } from "#firmware/files/server/content-backend";
import { diskFileStore } from "#firmware/files/server/disk-file-store";
import { objectFileStore } from "#firmware/files/server/object-file-store";
import { env } from "#foundation/platform/env";

const MIB = 1024 ** 2;

/** The file store of this service: `files/` in the content store. */
export function fileStore(): FileStore {
  const store = contentBackend();
  if (store.kind === "directory") {
    return diskFileStore(join(store.directory, "files"));
  }
  const { DATA_DIRECTORY, CONTENT_CACHE_MB } = env();
  return objectFileStore(
    store.objects,
    contentCache({ directory: join(DATA_DIRECTORY, "cache"), maxBytes: CONTENT_CACHE_MB * MIB }),
  );
}
