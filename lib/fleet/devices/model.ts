import type { Hardware } from "#foundation/core/hardware";
import type { DownloadStage, ProgressState, UpdateFacts } from "#fleet/devices/progress";
import type { InstalledModule } from "#formats/protocol/check-request";
import { CHECK_TRIGGERS } from "#formats/protocol/check-request";

/** Which side of the firewall a phone asks from; the path it uses says so. */
export const SIDES = ["internal", "external"] as const;
export type Side = (typeof SIDES)[number];

/** In which of the two languages of the one contract it asks. */
export const DIALECTS = ["json", "lync"] as const;
export type Dialect = (typeof DIALECTS)[number];

export const CHANNELS = ["approved", "pending"] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a check made of one rule, in one word. */
export const VERDICTS = [
  "offered",
  "already_installed",
  "content_unusable",
  "suspended",
  "nothing_to_offer",
  "other_hardware",
] as const;
export type Verdict = (typeof VERDICTS)[number];

/**
 * Why a check was made, as it is kept: what phones say, and what they cannot say, that a readiness run made it, or that it is
 * no check but the upload of a log, which was refused.
 */
export const RECORDED_TRIGGERS = [...CHECK_TRIGGERS, "readiness", "log_upload"] as const;
export type RecordedTrigger = (typeof RECORDED_TRIGGERS)[number];

/** What became of a check. */
export const CHECK_OUTCOMES = [
  "offered",
  "already_installed",
  "content_unusable",
  "suspended",
  "nothing_to_offer",
  "no_rule",
  "no_pool",
  "unauthenticated",
  "forbidden",
  "invalid",
  "throttled",
  "unavailable",
] as const;
export type CheckOutcome = (typeof CHECK_OUTCOMES)[number];

/** A module as a phone was offered it. */
export type OfferedModule = {
  readonly updateType: string;
  readonly version: string;
  readonly channel: Channel;
};

/** A judgement as it is kept with a check, to answer "Why?" later. */
export type JudgementRecord = {
  readonly ruleId: string;
  readonly updateType: string;
  readonly verdict: Verdict;
  /** Null where the rule had nothing for this phone. */
  readonly channel: Channel | null;
  readonly version: string | null;
};

/** The bytes of a file on their way to whoever asked for it. */
export type FileDownload = {
  readonly at: Date;
  readonly stage: DownloadStage;
  readonly address: string;
  readonly side: Side;
  /** Whose credentials were brought; null inside. */
  readonly accountName: string | null;
  /** The one phone that the credentials are for; null where any phone may bring them. */
  readonly macAddress: string | null;
  readonly sha256: string;
  /** Of the phones that it was asked for under the path of; null where the path does not say. */
  readonly hardwareKey: string | null;
};

/** An update that a phone has in hand: what is known of it, and what that amounts to at this moment. */
export type DeviceUpdate = UpdateFacts & {
  readonly state: ProgressState;
  /** When it showed that it had fallen back; null while nothing proves it. */
  readonly fellBackAt: Date | null;
};

/** A serial number that a phone reported until it reported another one. */
export type SerialChange = {
  readonly serialNumber: string;
  /** When another one was first reported. */
  readonly at: Date;
  /** Of the update that brought the other one; null where no update explains the change. */
  readonly channel: Channel | null;
};

/** What is wrong with the identity of a phone: two serial numbers take turns under its MAC address. */
export const IDENTITY_CONFLICTS = ["two_phones"] as const;
export type IdentityConflict = (typeof IDENTITY_CONFLICTS)[number];

/** A phone as the list shows it. */
export type DeviceSummary = {
  readonly id: string;
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  /** The serial numbers it reported before, newest first. */
  readonly serialChanges: readonly SerialChange[];
  readonly conflict: IdentityConflict | null;
  readonly hardware: Hardware;
  /** Null where its pool has been removed, or its check reached none. */
  readonly poolFqdn: string | null;
  readonly address: string;
  readonly side: Side;
  readonly userName: string | null;
  readonly version: string | null;
  readonly state: UpdateState;
  /** How far it has come with what it was offered; of several updates the most urgent. Null: there is none in hand. */
  readonly progress: ProgressState | null;
  readonly updates: readonly DeviceUpdate[];
  readonly isTestDevice: boolean;
  readonly lastSeenAt: Date;
};

/**
 * How what a phone runs stands to what its rules offer it at this moment. It is told by what the phone said last, never
 * by what it was offered.
 */
export const UPDATE_STATES = [
  "up_to_date",
  "update_due",
  "suspended",
  "nothing_approved",
  "unknown",
] as const;
export type UpdateState = (typeof UPDATE_STATES)[number];

/** A phone with all that is known of it. */
export type Device = DeviceSummary & {
  readonly firstSeenAt: Date;
  /** When the version it reports last changed, and from what. */
  readonly updatedAt: Date | null;
  readonly previousVersion: string | null;
  readonly installed: readonly InstalledModule[];
  readonly offered: readonly OfferedModule[];
  readonly judgements: readonly JudgementRecord[];
  readonly outcome: CheckOutcome;
  readonly trigger: RecordedTrigger | null;
};

/** A phone as far as a test of it is concerned. */
export type KnownPhone = {
  readonly id: string;
  readonly poolId: string | null;
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  /** Those it reported before an update of a pending version brought another one. */
  readonly updatedSerialNumbers?: readonly string[];
  readonly hardware: Hardware;
  /** Of the module that its rule is about. */
  readonly version: string | null;
  readonly installed: readonly InstalledModule[];
  /** What its last check was answered. */
  readonly offered: readonly OfferedModule[];
  readonly updates: readonly DeviceUpdate[];
  readonly lastSeenAt: Date;
};
