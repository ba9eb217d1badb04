import { isSameHardware } from "#foundation/core/hardware";
import { isSameVersion } from "#foundation/core/same-version";
import type { CandidateRule, CheckingDevice, Judgement, OfferedRelease } from "#phones/check/model";
import type { Channel } from "#fleet/devices/model";

/**
 * The update check. Pure: the same device and rules always give the same judgements, so a past
 * check can be replayed from what was recorded about it. One judgement for every rule given.
 */
export function decideUpdate(
  device: CheckingDevice,
  rules: readonly CandidateRule[],
): readonly Judgement[] {
  return rules.map((rule) => judge(device, rule));
}

function judge(device: CheckingDevice, rule: CandidateRule): Judgement {
  const subject = { ruleId: rule.id, updateType: rule.updateType };
  if (!isSameHardware(device.hardware, rule.hardware)) {
    return { ...subject, verdict: "other_hardware" };
  }

  const { channel, release } = releaseFor(device, rule);
  if (release === null) {
    return { ...subject, verdict: "nothing_to_offer" };
  }

  // Different, not newer: approving or restoring an older version is how a fleet is rolled back.
  const type = rule.updateType.toLowerCase();
  const { version } = release;
  const fromVersion = device.installed.get(type) ?? null;
  if (fromVersion !== null && isSameVersion(version, fromVersion, rule.sameVersions)) {
    return { ...subject, verdict: "already_installed", channel, version };
  }
  if (device.suspended?.get(type) === version) {
    return { ...subject, verdict: "suspended", channel, version };
  }

  // No other version is offered instead: that would move phones to and fro while the content is repaired.
  if (!canBeInstalled(release)) {
    return { ...subject, verdict: "content_unusable", channel, version: release.version };
  }

  return { ...subject, verdict: "offered", channel, fromVersion, release };
}

/** A phone needs the image and its signature; a description is for the import alone. */
function canBeInstalled({ faults, files }: OfferedRelease): boolean {
  return (
    faults.size === 0 ||
    files.every(({ role, sha256 }) => role === "description" || !faults.has(sha256))
  );
}

/** Test devices get a pending version while there is one; everybody else gets what is approved. */
function releaseFor(
  { isTestDevice }: CheckingDevice,
  { approved, pending }: CandidateRule,
): { readonly channel: Channel; readonly release: OfferedRelease | null } {
  return isTestDevice && pending !== null
    ? { channel: "pending", release: pending }
    : { channel: "approved", release: approved };
}
