import { isSameHardware } from "#foundation/core/hardware";
import { isSameVersion } from "#foundation/core/version";
import type { SameVersions } from "#foundation/core/version";
import { preferredIdentifier } from "#fleet/devices/identify";
import type { DeviceIdentifier } from "#fleet/devices/identify";
import type { DeviceUpdate, KnownPhone } from "#fleet/devices/model";
import { installedVersion } from "#fleet/devices/installed-modules";
import { PROGRESS_STATES } from "#fleet/devices/progress-state";
import type { Rule } from "#firmware/rules/model";
import type { TestDevice } from "#fleet/test-devices/model";

/** The progress of testing a rule's version on one test device. */
export const TEST_PHONE_STATES = [
  "never_asked",
  "other_hardware",
  "other_pool",
  "other_site",
  "not_asked_since",
  "not_given",
  ...PROGRESS_STATES,
] as const;
export type TestPhoneState = (typeof TEST_PHONE_STATES)[number];

/** A known phone with the site where it is; null: at no site. */
export type PlacedPhone = KnownPhone & { readonly siteName: string | null };

/** A known phone that can be made a test device: what a person chooses by, and the mark to register. */
export type TestCandidate = Pick<PlacedPhone, "id" | "siteName" | "version"> & {
  readonly model: string;
  readonly mark: DeviceIdentifier;
};

/** The candidates among the phones. A phone without an identifying mark is none. */
export function toTestCandidates(phones: readonly PlacedPhone[]): readonly TestCandidate[] {
  return phones.flatMap((phone) => {
    const mark = preferredIdentifier(phone);
    const { id, siteName, version, hardware } = phone;
    return mark === null ? [] : [{ id, siteName, version, model: hardware.model, mark }];
  });
}

/** A test device that applies to a rule's pool, with the known data of the phone. */
export type TestPhone = {
  readonly testDevice: TestDevice;
  readonly phone: PlacedPhone | null;
  /** The version of the rule's kind of image that the phone last reported. */
  readonly version: string | null;
  /** The version of that kind that its last check offered. */
  readonly givenVersion: string | null;
  readonly state: TestPhoneState;
};

type TestedRule = Pick<
  Rule,
  "poolId" | "hardware" | "updateType" | "approved" | "pending" | "importedAt"
> & {
  /** The version matches that apply to the rule. */
  readonly sameVersions?: readonly SameVersions[];
};

/** The version that test devices are offered: the pending one, or else the approved one. */
export function testedVersion({
  pending,
  approved,
}: Pick<Rule, "pending" | "approved">): string | null {
  return (pending ?? approved)?.version ?? null;
}

export function toTestPhone(
  rule: TestedRule,
  testDevice: TestDevice,
  phone: PlacedPhone | null,
): TestPhone {
  const isOfType = (module: { readonly updateType: string }) =>
    module.updateType.toLowerCase() === rule.updateType.toLowerCase();
  const version = phone === null ? null : installedVersion(phone.installed, rule.updateType);
  const givenVersion = phone?.offered.find(isOfType)?.version ?? null;
  const update = phone?.updates.find(isOfType) ?? null;
  const state = stateOf(rule, { testDevice, phone, version, update });
  return { testDevice, phone, version, givenVersion, state };
}

type Tried = Pick<TestPhone, "testDevice" | "phone" | "version"> & {
  /** The phone's current update of the rule's kind of image. */
  readonly update: DeviceUpdate | null;
};

function stateOf(rule: TestedRule, { testDevice, phone, version, update }: Tried): TestPhoneState {
  if (phone === null) {
    return "never_asked";
  }
  const notTested = reasonNotTested(rule, testDevice, phone);
  if (notTested !== null) {
    return notTested;
  }
  const tested = testedVersion(rule);
  if (version !== null && tested !== null && isSameVersion(tested, version, rule.sameVersions)) {
    return "running";
  }
  if (update !== null && update.version === tested) {
    return update.state;
  }
  return phone.lastSeenAt < testBeganAt(rule, testDevice) ? "not_asked_since" : "not_given";
}

/** Why the version is not for this phone; null if it is. */
function reasonNotTested(
  rule: TestedRule,
  { siteName }: TestDevice,
  phone: PlacedPhone,
): TestPhoneState | null {
  if (!isSameHardware(phone.hardware, rule.hardware)) {
    return "other_hardware";
  }
  if (phone.poolId !== rule.poolId) {
    return "other_pool";
  }
  return siteName === null || siteName === phone.siteName ? null : "other_site";
}

/** The earliest instant at which the phone could be offered the version: both import and test device must exist. */
function testBeganAt(rule: TestedRule, testDevice: TestDevice): Date {
  return testDevice.createdAt > rule.importedAt ? testDevice.createdAt : rule.importedAt;
}
