import "server-only";

/** The system's code of a failed file operation (`ENOENT`), or null for any other error. */
export function systemErrorCode(error: unknown): string | null {
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    return error.code;
  }
  return null;
}

export function isMissing(error: unknown): boolean {
  return systemErrorCode(error) === "ENOENT";
}

/** The disk is full, or the quota of the user is. */
export function isDiskFull(error: unknown): boolean {
  const code = systemErrorCode(error);
  return code === "ENOSPC" || code === "EDQUOT";
}
