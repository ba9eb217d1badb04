import { CabError } from "#formats/cab/cab-error";

/** Turns "disk full" into a `CabError`: the administrator can fix it, so it is not a defect. */
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
