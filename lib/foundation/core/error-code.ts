/** The code of a failed system call (`ENOENT`) or query (`42P01`), or null for an error that has none. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : null;
}

/** The file or directory does not exist. */
export function isMissing(error: unknown): boolean {
  return errorCode(error) === "ENOENT";
}

/** The disk is full, or the quota of the user is used up. */
export function isDiskFull(error: unknown): boolean {
  const code = errorCode(error);
  return code === "ENOSPC" || code === "EDQUOT";
}

/** For the `catch` of a read: returns null if the file or directory does not exist, and rethrows every other error. */
export function nullIfMissing(error: unknown): null {
  if (isMissing(error)) {
    return null;
  }
  throw error;
}
