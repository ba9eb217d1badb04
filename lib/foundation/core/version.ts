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

/** Two versions of one kind of image that an administrator declared to be the same. */
export type SameVersions = {
  readonly packageVersion: string;
  readonly reportedVersion: string;
};

/**
 * Whether two versions are the same, by their spelling or by an administrator's declaration, which applies in both
 * directions.
 */
export function isSameVersion(
  left: string,
  right: string,
  declared: readonly SameVersions[] = [],
): boolean {
  if (left === right) {
    return true;
  }
  const leftKey = versionKey(left);
  const rightKey = versionKey(right);
  return (
    leftKey === rightKey ||
    declared.some(({ packageVersion, reportedVersion }) => {
      const packageKey = versionKey(packageVersion);
      const reportedKey = versionKey(reportedVersion);
      return (
        (packageKey === leftKey && reportedKey === rightKey) ||
        (packageKey === rightKey && reportedKey === leftKey)
      );
    })
  );
}

/**
 * The order of one version relative to another. Update offers never use it: phones are offered any version that
 * *differs*.
 */
type VersionOrder = "older" | "same" | "newer";

/**
 * Compares dotted versions part by part, numbers as numbers and anything else as text, so that
 * `4.0.7577.4366` is newer than `4.0.7577.436`. Missing parts count as 0. Only for labels
 * ("downgrade") and sorting.
 */
export function compareVersions(left: string, right: string): VersionOrder {
  const leftParts = left.split(".");
  const rightParts = right.split(".");
  const length = Math.max(leftParts.length, rightParts.length);
  for (let index = 0; index < length; index += 1) {
    const order = comparePart(leftParts[index] ?? "0", rightParts[index] ?? "0");
    if (order !== 0) {
      return order < 0 ? "older" : "newer";
    }
  }
  return "same";
}

function comparePart(left: string, right: string): number {
  if (/^\d+$/.test(left) && /^\d+$/.test(right)) {
    const difference = BigInt(left) - BigInt(right);
    return difference === 0n ? 0 : difference < 0n ? -1 : 1;
  }
  return left === right ? 0 : left < right ? -1 : 1;
}

/** Whether a change from one version to another is a downgrade; false if one is absent. */
export function isDowngrade(from: string | null, to: string | null): boolean {
  return from !== null && to !== null && compareVersions(to, from) === "older";
}

/** A text that sorts like the version: all parts are padded to the same width. */
export function versionSortKey(version: string): string {
  return version
    .split(".")
    .map((part) => part.padStart(10, "0"))
    .join(".");
}
