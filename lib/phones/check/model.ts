import type { Hardware } from "#foundation/core/hardware";
import type { PhoneMark } from "#fleet/devices/identify";
import type { Channel } from "#fleet/devices/model";
import type { ContentFault } from "#firmware/files/model";
import type { SameVersions } from "#foundation/core/same-version";
import type { ReleaseFile } from "#firmware/rules/model";

/** The release a rule offers, with all that an answer needs. */
export type OfferedRelease = {
  readonly releaseId: string;
  readonly version: string;
  readonly createdAt: Date;
  readonly files: readonly ReleaseFile[];
  /** What is wrong with the content of its files, by digest; empty while all of it can be served. */
  readonly faults: ReadonlyMap<string, ContentFault>;
};

/** A rule as the rule table holds it. */
export type CandidateRule = {
  readonly id: string;
  readonly hardware: Hardware;
  readonly updateType: string;
  readonly approved: OfferedRelease | null;
  readonly pending: OfferedRelease | null;
  /** Offered to no phone; its files go on being served to phones that began to download them. */
  readonly restore: OfferedRelease | null;
  /** What an administrator declared about versions of this kind of image; absent: nothing. */
  readonly sameVersions?: readonly SameVersions[];
};

/** A version that is no longer offered to a phone, which reported a third version after each attempt. */
export type SuspendedOffer = {
  readonly deviceKey: string;
  /** Lower case. */
  readonly updateType: string;
  readonly version: string;
};

/** A pool as the rule table holds it. */
export type CheckPool = {
  readonly id: string;
  readonly fqdn: string;
  readonly siteId: string;
  readonly internalBaseUrl: string;
  readonly externalBaseUrl: string;
  readonly sipDomains: readonly string[];
  readonly isDefault: boolean;
};

/** A phone by one of the two marks it can be registered by. */
export type RegisteredTestDevice = PhoneMark & {
  /** Null: counts in every site. */
  readonly siteId: string | null;
  /** MAC addresses of phones whose last check reported this serial number. */
  readonly reportingMacAddresses?: readonly string[];
  /** MAC addresses of phones that reported it until an update of a pending version brought another one. */
  readonly updatedMacAddresses?: readonly string[];
};

/** What a rule table is built from: one consistent view of the database. */
export type RuleSnapshot = {
  /** Changes when anything in the snapshot does. */
  readonly stamp: string;
  readonly loadedAt: Date;
  readonly pools: readonly CheckPool[];
  readonly rules: readonly (CandidateRule & { readonly poolId: string })[];
  readonly testDevices: readonly RegisteredTestDevice[];
  /** Absent: none. */
  readonly suspendedOffers?: readonly SuspendedOffer[];
};

/** A phone as a check describes it, with what we know of it. */
export type CheckingDevice = {
  readonly hardware: Hardware;
  readonly isTestDevice: boolean;
  /** Version by lower-case update type, as the phone reports what it runs. */
  readonly installed: ReadonlyMap<string, string>;
  /** The version that is no longer offered to it, by lower-case update type; absent: none. */
  readonly suspended?: ReadonlyMap<string, string>;
};

/** What a check made of one rule. */
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
      /** The phone had the version several times and reports another one after each attempt. */
      readonly verdict: "suspended";
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
