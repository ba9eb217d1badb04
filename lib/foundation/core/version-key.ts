/**
 * The form in which versions are compared. It ignores only differences that cannot distinguish two versions: white space
 * around and inside, and the case of the letters A to Z. Leading zeros, a leading `v`, suffixes and missing parts can be
 * significant in a vendor's numbering; an administrator declares where they are not (`VersionMatch`).
 *
 * PostgreSQL has the same function (`version_key`); an integration test compares the two.
 */
export function versionKey(version: string): string {
  return version
    .replaceAll(/[ \t\n\v\f\r]+/g, " ")
    .replaceAll(/^ | $/g, "")
    .replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
