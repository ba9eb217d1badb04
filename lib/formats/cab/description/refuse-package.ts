import { toShownName } from "#formats/cab/cab-error";
import type { DescriptionFailure, RefusedPackage } from "#formats/cab/description/model";

type Refusal = {
  readonly path: string;
  /** Printed after the quoted path: starts in lower case and ends with a full stop. */
  readonly problem: string;
  readonly values?: RefusedPackage["values"];
};

export function refusePackage(
  reason: DescriptionFailure,
  { path, problem, values = {} }: Refusal,
): RefusedPackage {
  return { kind: "refused", reason, path, message: `“${toShownName(path)}”: ${problem}`, values };
}
