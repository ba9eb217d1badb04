import "server-only";

import type { CabLimits } from "#formats/cab/limits";
import { env } from "#foundation/platform/env";

/** The configured limits of one import. */
export function importLimits(): Partial<CabLimits> {
  const { MAX_UPLOAD_BYTES, MAX_UNPACKED_BYTES, MAX_FILE_BYTES, MAX_RATIO } = env();
  const { MAX_ENTRIES, MAX_FOLDERS, MAX_NESTING, MAX_PATH_PARTS } = env();
  return {
    inputBytes: MAX_UPLOAD_BYTES,
    outputBytes: MAX_UNPACKED_BYTES,
    bytesPerFile: MAX_FILE_BYTES,
    ratio: MAX_RATIO,
    entries: MAX_ENTRIES,
    foldersPerCabinet: MAX_FOLDERS,
    nesting: MAX_NESTING,
    pathParts: MAX_PATH_PARTS,
  };
}
