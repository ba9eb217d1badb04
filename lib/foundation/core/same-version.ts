import { versionKey } from "#foundation/core/version-key";

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
