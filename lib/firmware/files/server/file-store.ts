import "server-only";

import { join } from "node:path";
import type { FileStore } from "#firmware/files/model";
import { diskFileStore } from "#firmware/files/server/disk-file-store";
import { env } from "#foundation/platform/env";

/** The file store of this service: `files/` in the data directory. */
export function fileStore(): FileStore {
  return diskFileStore(join(env().DATA_DIRECTORY, "files"));
}
