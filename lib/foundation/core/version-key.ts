/**
 * A version as it is compared. Only spellings that cannot name two different versions are the same: white space around and
 * inside, and the case of the letters A to Z. Leading zeros, a `v` in front, suffixes and missing parts may be part of a
 * vendor's numbering; an administrator says so where they are not (`VersionMatch`).
 *
 * PostgreSQL has the same rule (`version_key`); an integration test compares the two.
 */
export function versionKey(version: string): string {
  return version
    .replaceAll(/[ \t\n\v\f\r]+/g, " ")
    .replaceAll(/^ | $/g, "")
    .replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
