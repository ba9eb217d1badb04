import { isSameVersion, isDowngrade } from "#foundation/core/version";
import type { SameVersions } from "#foundation/core/version";

/** The versions that a rule offers to normal phones and to test devices. */
export type OfferedVersions = {
  readonly approvedVersion: string | null;
  readonly pendingVersion: string | null;
};

/** The offered versions of a rule before and after an action. */
export type RuleChange = {
  readonly before: OfferedVersions;
  readonly after: OfferedVersions;
};

/** Phones of a rule that run the same version and get the same offer. */
export type PhoneGroup = {
  readonly isTestDevice: boolean;
  /** Null if the phones did not report this kind of image. */
  readonly version: string | null;
  readonly phones: number;
  /** Versions of this kind of image that an administrator declared equal; absent: none. */
  readonly sameVersions?: readonly SameVersions[];
};

/** The number of known phones that an action moves to another version. */
export type Impact = {
  readonly changing: number;
  /** The number of these phones that move to an older version. */
  readonly downgrading: number;
};

/**
 * Counts the phones that an action moves: their offer changes, and they do not run the new version yet. Phones that
 * were already offered the same version are not counted, because the action changes nothing for them.
 */
export function computeImpact(change: RuleChange, groups: readonly PhoneGroup[]): Impact {
  const moved = groups.filter((group) => isMovedBy(change, group));
  const downgraded = moved.filter((group) =>
    isDowngrade(group.version, offeredTo(group, change.after)),
  );
  return { changing: countPhones(moved), downgrading: countPhones(downgraded) };
}

/** Whether an action changes what these phones are offered, to a version that they do not run. */
export function isMovedBy(
  { before, after }: RuleChange,
  group: Omit<PhoneGroup, "phones">,
): boolean {
  const target = offeredTo(group, after);
  return target !== null && target !== offeredTo(group, before) && !runs(group, target);
}

function runs({ version, sameVersions }: Omit<PhoneGroup, "phones">, target: string): boolean {
  return version !== null && isSameVersion(target, version, sameVersions);
}

function offeredTo(
  { isTestDevice }: Pick<PhoneGroup, "isTestDevice">,
  versions: OfferedVersions,
): string | null {
  return isTestDevice
    ? (versions.pendingVersion ?? versions.approvedVersion)
    : versions.approvedVersion;
}

function countPhones(groups: readonly PhoneGroup[]): number {
  return groups.reduce((sum, { phones }) => sum + phones, 0);
}
