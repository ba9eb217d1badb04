import { CabError } from "#formats/cab/cab-error";

/** A full disk is the administrator's matter and not a defect: it becomes a sentence for people. */
export function withDiskFullExplained(error: unknown, name: string): unknown {
  const isDiskFull =
    error instanceof Error &&
    "code" in error &&
    (error.code === "ENOSPC" || error.code === "EDQUOT");
  if (!isDiskFull) {
    return error;
  }
  const problem = "the disk became full while the package was unpacked.";
  return new CabError("limit", { entry: name, problem, cause: error });
}
