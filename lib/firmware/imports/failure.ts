import type { CabErrorKind } from "#formats/cab/cab-error";
import { CAB_ERROR_KINDS } from "#formats/cab/cab-error";
import { DESCRIPTION_FAILURES } from "#formats/cab/description/model";

const CABINET_FAILURES = CAB_ERROR_KINDS.map(toCabinetFailure);

/** The code of a failed import. The panel translates it. */
export const IMPORT_FAILURES = [
  ...CABINET_FAILURES,
  ...DESCRIPTION_FAILURES,
  "everything_left_out",
  /** The same version with different content, or a rule that changed during the import. */
  "conflict",
  "no_pools",
  "disk_full",
  "upload_gone",
  "too_many_attempts",
] as const;
export type ImportFailureCode = (typeof IMPORT_FAILURES)[number];

export type ImportFailure = {
  readonly code: ImportFailureCode;
  /** The entry of the package that failed; empty for the whole package. */
  readonly subject: string;
  /** Further values of the message. */
  readonly values: Readonly<Record<string, string>>;
};

export function toCabinetFailure<Kind extends CabErrorKind>(kind: Kind): `cabinet_${Kind}` {
  return `cabinet_${kind}`;
}
