import { CabError } from "#formats/cab/cab-error";
import { isDiskFull } from "#foundation/core/error-code";

/** A full disk is the administrator's matter and not a defect: it becomes a sentence for people. */
export function withDiskFullExplained(error: unknown, name: string): unknown {
  if (!isDiskFull(error)) {
    return error;
  }
  const problem = "the disk became full while the package was unpacked.";
  return new CabError("limit", { entry: name, problem, cause: error });
}
