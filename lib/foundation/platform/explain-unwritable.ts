import { errorCode } from "#foundation/core/error-code";

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "this account may not write there: start as its owner, or choose another DATA_DIRECTORY",
  EPERM: "this account may not write there: start as its owner, or choose another DATA_DIRECTORY",
  EROFS: "it is on a read-only disk: choose another DATA_DIRECTORY",
  ENOSPC: "its disk is full: free some space and start again",
  EDQUOT: "this account's share of the disk is used up: free some space and start again",
  ENOENT: "no directory can be created there: choose another DATA_DIRECTORY",
  EEXIST: "there is a file of that name: choose another DATA_DIRECTORY",
  ENOTDIR: "a part of its path is a file: choose another DATA_DIRECTORY",
};

/** Why a data directory cannot be used, and what to do. */
export function explainUnwritable(directory: string, error: unknown): string {
  const code = errorCode(error) ?? "";
  const reason = REASONS[code] ?? (error instanceof Error ? error.message : String(error));
  return `The data directory ${directory} cannot be used: ${reason}.`;
}
