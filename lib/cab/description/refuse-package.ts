import { toShownName } from "#lib/cab/cab-error";
import type { DescriptionFailure, RefusedPackage } from "#lib/cab/description/model";

/** `problem` continues the quoted path: it starts in lower case and ends with a full stop. */
export function refusePackage(
  reason: DescriptionFailure,
  path: string,
  problem: string,
): RefusedPackage {
  return { kind: "refused", reason, path, message: `“${toShownName(path)}”: ${problem}` };
}
