import type { CabErrorKind } from "#formats/cab/cab-error";
import { CAB_ERROR_KINDS } from "#formats/cab/cab-error";
import { DESCRIPTION_FAILURES } from "#formats/cab/description/model";

const CABINET_FAILURES = CAB_ERROR_KINDS.map(toCabinetFailure);

/** Why an import failed, in a word that the panel puts into the reader's language. */
export const IMPORT_FAILURES = [
  ...CABINET_FAILURES,
  ...DESCRIPTION_FAILURES,
  "everything_left_out",
  /** The same version with other content, or a rule that somebody changed meanwhile. */
  "conflict",
  "no_pools",
  "disk_full",
  "upload_gone",
  "too_many_attempts",
] as const;
export type ImportFailureCode = (typeof IMPORT_FAILURES)[number];

export type ImportFailure = {
  readonly code: ImportFailureCode;
  /** The entry of the package it is about; empty where it is about the whole. */
  readonly subject: string;
  /** What else the message of the code names. */
  readonly values: Readonly<Record<string, string>>;
};

export function toCabinetFailure<Kind extends CabErrorKind>(kind: Kind): `cabinet_${Kind}` {
  return `cabinet_${kind}`;
}
