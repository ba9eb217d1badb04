import "server-only";

import { join } from "node:path";
import type { FileStore } from "#lib/files/model";
import { diskFileStore } from "#lib/files/server/disk-file-store";
import { env } from "#lib/platform/env";

/** The store that this service is set up with: `files/` in the data directory. */
export function fileStore(): FileStore {
  return diskFileStore(join(env().DATA_DIRECTORY, "files"));
}
