import type { SameVersions } from "#foundation/core/same-version";
import { isSameVersion } from "#foundation/core/same-version";
import { isDowngrade } from "#foundation/core/version";

/** What a rule offers, to normal phones and to test devices. */
export type OfferedVersions = {
  readonly approvedVersion: string | null;
  readonly pendingVersion: string | null;
};

/** A rule before and after an action, as far as phones are concerned. */
export type RuleChange = {
  readonly before: OfferedVersions;
  readonly after: OfferedVersions;
};

/** Phones of a rule that run the same version and are offered the same. */
export type PhoneGroup = {
  readonly isTestDevice: boolean;
  /** Null where the phones did not report this kind of image. */
  readonly version: string | null;
  readonly phones: number;
  /** What an administrator declared about versions of this kind of image; absent: nothing. */
  readonly sameVersions?: readonly SameVersions[];
};

/** How many known phones an action sends to another version. */
export type Impact = {
  readonly changing: number;
  /** How many of those go to an older one. */
  readonly downgrading: number;
};

/**
 * How many phones an action moves: those that it offers something else than before, which they do not run already.
 * Phones that were due an update anyway are not counted, because the action changes nothing for them.
 */
export function impactOf({ before, after }: RuleChange, groups: readonly PhoneGroup[]): Impact {
  const moved = groups.filter((group) => {
    const target = offeredTo(group, after);
    return target !== null && target !== offeredTo(group, before) && !runs(group, target);
  });
  const downgraded = moved.filter((group) => isDowngrade(group.version, offeredTo(group, after)));
  return { changing: countPhones(moved), downgrading: countPhones(downgraded) };
}

function runs({ version, sameVersions }: PhoneGroup, target: string): boolean {
  return version !== null && isSameVersion(target, version, sameVersions);
}

function offeredTo({ isTestDevice }: PhoneGroup, versions: OfferedVersions): string | null {
  return isTestDevice
    ? (versions.pendingVersion ?? versions.approvedVersion)
    : versions.approvedVersion;
}

function countPhones(groups: readonly PhoneGroup[]): number {
  return groups.reduce((sum, { phones }) => sum + phones, 0);
}
