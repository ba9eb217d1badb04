import type { Hardware } from "#foundation/core/hardware";
import type { DeviceIdentifier } from "#fleet/devices/identify";
import type { Channel } from "#fleet/devices/model";
import type { SiteNetwork } from "#fleet/sites/model";
import type { ContentFault } from "#firmware/files/model";
import type { SameVersions } from "#foundation/core/version";
import type { ReleaseFile } from "#firmware/rules/model";

/** A release that a rule offers, with everything that an answer contains. */
export type OfferedRelease = {
  readonly releaseId: string;
  readonly version: string;
  readonly createdAt: Date;
  readonly files: readonly ReleaseFile[];
  /** Faults in the content of its files, by digest; empty if all files can be served. */
  readonly faults: ReadonlyMap<string, ContentFault>;
};

/** A rule in the rule table. */
export type CandidateRule = {
  readonly id: string;
  readonly hardware: Hardware;
  readonly updateType: string;
  readonly approved: OfferedRelease | null;
  readonly pending: OfferedRelease | null;
  /** Not offered to phones, but its files are still served to phones that started to download them. */
  readonly restore: OfferedRelease | null;
  /** Versions of this kind of image that an administrator declared equal; absent: none. */
  readonly sameVersions?: readonly SameVersions[];
  /** Whether the brake halted its roll-out: phones that do not run the approved version get nothing. Absent: no. */
  readonly isHalted?: boolean;
};

/** A version that is no longer offered to a phone, because the phone reported a third version after each attempt. */
export type SuspendedOffer = {
  readonly deviceKey: string;
  /** Lower case. */
  readonly updateType: string;
  readonly version: string;
};

/** A pool in the rule table. */
export type CheckPool = {
  readonly id: string;
  readonly fqdn: string;
  readonly siteId: string;
  readonly internalBaseUrl: string;
  readonly externalBaseUrl: string;
  readonly sipDomains: readonly string[];
  readonly isDefault: boolean;
};

/** A test device, registered by one of two identifiers. */
export type RegisteredTestDevice = DeviceIdentifier & {
  /** Null: a test device in every site. */
  readonly siteId: string | null;
  /** MAC addresses of phones whose last check reported this serial number. */
  readonly reportingMacAddresses?: readonly string[];
  /** MAC addresses of phones that reported it until the update to a pending version changed their serial number. */
  readonly updatedMacAddresses?: readonly string[];
};

/** The input of a rule table: one consistent view of the database. */
export type RuleSnapshot = {
  /** Changes when anything in the snapshot changes. */
  readonly stamp: string;
  readonly loadedAt: Date;
  readonly pools: readonly CheckPool[];
  readonly rules: readonly (CandidateRule & { readonly poolId: string })[];
  readonly testDevices: readonly RegisteredTestDevice[];
  /** The networks of sites. Absent: none. */
  readonly networks?: readonly SiteNetwork[];
  /** Absent: none. */
  readonly suspendedOffers?: readonly SuspendedOffer[];
};

/** A phone as its check describes it, with the facts that the server knows about it. */
export type CheckingDevice = {
  readonly hardware: Hardware;
  readonly isTestDevice: boolean;
  /** The versions that the phone reports, by lower-case update type. */
  readonly installed: ReadonlyMap<string, string>;
  /** Versions that are no longer offered to it, by lower-case update type; absent: none. */
  readonly suspended?: ReadonlyMap<string, string>;
};

/** The result of a check for one rule. */
export type Judgement =
  | {
      readonly ruleId: string;
      readonly updateType: string;
      readonly verdict: "offered";
      readonly channel: Channel;
      readonly fromVersion: string | null;
      readonly release: OfferedRelease;
    }
  | {
      readonly ruleId: string;
      readonly updateType: string;
      readonly verdict: "already_installed";
      readonly channel: Channel;
      readonly version: string;
    }
  | {
      readonly ruleId: string;
      readonly updateType: string;
      readonly verdict: "content_unusable";
      readonly channel: Channel;
      readonly version: string;
    }
  | {
      readonly ruleId: string;
      readonly updateType: string;
      /** The phone tried to install the version several times and reports another version after each attempt. */
      readonly verdict: "suspended";
      readonly channel: Channel;
      readonly version: string;
    }
  | {
      readonly ruleId: string;
      readonly updateType: string;
      /** The brake halted the roll-out of the approved version. */
      readonly verdict: "halted";
      readonly channel: Channel;
      readonly version: string;
    }
  | {
      readonly ruleId: string;
      readonly updateType: string;
      readonly verdict: "nothing_to_offer";
    }
  | {
      readonly ruleId: string;
      readonly updateType: string;
      readonly verdict: "other_hardware";
    };
