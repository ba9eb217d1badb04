import { isSameHardware } from "#foundation/core/hardware";
import { isSameVersion } from "#foundation/core/version";
import type { CandidateRule, CheckingDevice, Judgement, OfferedRelease } from "#phones/check/model";
import type { Channel } from "#fleet/devices/model";

/**
 * Decides what a device is offered: one judgement for each rule. Pure: the same device and rules always give the same
 * judgements, so a past check can be replayed from its record.
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

  // Any different version is offered, also an older one: approving or restoring an old version rolls a fleet back.
  const type = rule.updateType.toLowerCase();
  const { version } = release;
  const fromVersion = device.installed.get(type) ?? null;
  if (fromVersion !== null && isSameVersion(version, fromVersion, rule.sameVersions)) {
    return { ...subject, verdict: "already_installed", channel, version };
  }
  const reason = withholdingReason(device, rule, { type, channel, version });
  if (reason !== null) {
    return { ...subject, verdict: reason, channel, version };
  }

  // No other version is offered instead: phones would switch versions twice, before and after the content is repaired.
  if (!canBeInstalled(release)) {
    return { ...subject, verdict: "content_unusable", channel, version: release.version };
  }

  return { ...subject, verdict: "offered", channel, fromVersion, release };
}

/** Why a version that a phone does not run is withheld from it; null: it is not. */
function withholdingReason(
  { suspended }: CheckingDevice,
  { isHalted }: CandidateRule,
  { type, channel, version }: Withheld,
): "suspended" | "halted" | null {
  if (suspended?.get(type) === version) {
    return "suspended";
  }
  // Test devices that get a pending version are not part of the roll-out.
  return isHalted === true && channel === "approved" ? "halted" : null;
}

type Withheld = { readonly type: string; readonly channel: Channel; readonly version: string };

/** A phone needs the image and its signature; only the import reads the description. */
function canBeInstalled({ faults, files }: OfferedRelease): boolean {
  return (
    faults.size === 0 ||
    files.every(({ role, sha256 }) => role === "description" || !faults.has(sha256))
  );
}

/** Test devices get the pending version if the rule has one; all other devices get the approved version. */
function releaseFor(
  { isTestDevice }: CheckingDevice,
  { approved, pending }: CandidateRule,
): { readonly channel: Channel; readonly release: OfferedRelease | null } {
  return isTestDevice && pending !== null
    ? { channel: "pending", release: pending }
    : { channel: "approved", release: approved };
}
