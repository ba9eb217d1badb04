import { CabError } from "#formats/cab/cab-error";
import { isDiskFull } from "#foundation/core/error-code";

/** Turns "disk full" into a `CabError`: the administrator can fix it, so it is not a defect. */
export function withDiskFullExplained(error: unknown, name: string): unknown {
  if (!isDiskFull(error)) {
    return error;
  }
  const problem = "the disk became full while the package was unpacked.";
  return new CabError("limit", { entry: name, problem, cause: error });
}
