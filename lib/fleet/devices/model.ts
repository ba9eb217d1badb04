import type { PhoneFacts } from "#fleet/devices/kind";
import type { Hardware } from "#foundation/core/hardware";
import type { DownloadStage, UpdateFacts } from "#fleet/devices/progress";
import type { ProgressState } from "#fleet/devices/progress-state";
import type { Retirement } from "#fleet/devices/retirement";
import type { InstalledModule } from "#formats/protocol/check-request";
import { CHECK_TRIGGERS } from "#formats/protocol/check-request";

/** The side of the firewall that a phone checks from; the path of the request determines it. */
export const SIDES = ["internal", "external"] as const;
export type Side = (typeof SIDES)[number];

/** The dialect of the check. */
export const DIALECTS = ["json", "lync"] as const;
export type Dialect = (typeof DIALECTS)[number];

export const CHANNELS = ["approved", "pending"] as const;
export type Channel = (typeof CHANNELS)[number];

/** The result of a check for one rule. */
export const VERDICTS = [
  "offered",
  "already_installed",
  "content_unusable",
  "suspended",
  "halted",
  "nothing_to_offer",
  "other_hardware",
] as const;
export type Verdict = (typeof VERDICTS)[number];

/**
 * The recorded reason for a check: a trigger that the phone reports; or `readiness`, a check of a readiness run; or
 * `log_upload`, a refused upload of a log, which is not a check.
 */
export const RECORDED_TRIGGERS = [...CHECK_TRIGGERS, "readiness", "log_upload"] as const;
export type RecordedTrigger = (typeof RECORDED_TRIGGERS)[number];

/** The outcome of a check. */
export const CHECK_OUTCOMES = [
  "offered",
  "already_installed",
  "content_unusable",
  "suspended",
  "halted",
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

/** A module that was offered to a phone. */
export type OfferedModule = {
  readonly updateType: string;
  readonly version: string;
  readonly channel: Channel;
};

/** A judgement as stored with a check, to answer "Why?" later. */
export type JudgementRecord = {
  readonly ruleId: string;
  readonly updateType: string;
  readonly verdict: Verdict;
  /** Null if the rule had no version for this phone. */
  readonly channel: Channel | null;
  readonly version: string | null;
};

/** The download of a file by a phone. */
export type FileDownload = {
  readonly at: Date;
  readonly stage: DownloadStage;
  readonly address: string;
  readonly side: Side;
  /** The account of the credentials; null inside. */
  readonly accountName: string | null;
  /** The only phone that may use the credentials; null if any phone may use them. */
  readonly macAddress: string | null;
  readonly sha256: string;
  /** Hardware that the requested path is for; null if the path does not contain the hardware. */
  readonly hardwareKey: string | null;
};

/** A current update of a phone: the recorded facts, and the state that follows from them now. */
export type DeviceUpdate = UpdateFacts & {
  readonly state: ProgressState;
  /** When the phone showed that it had fallen back; null if nothing proves it. */
  readonly fellBackAt: Date | null;
};

/** A serial number that a phone reported before its current one. */
export type SerialChange = {
  readonly serialNumber: string;
  /** When the next serial number was first reported. */
  readonly at: Date;
  /** The channel of the update that changed the serial number; null if no update explains the change. */
  readonly channel: Channel | null;
};

/**
 * Problems with the identity of a phone. `two_phones`: two phones with different serial numbers use its MAC address.
 */
export const IDENTITY_CONFLICTS = ["two_phones"] as const;
export type IdentityConflict = (typeof IDENTITY_CONFLICTS)[number];

/** A phone in the list. */
export type DeviceSummary = {
  readonly id: string;
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  /** The serial numbers it reported before, newest first. */
  readonly serialChanges: readonly SerialChange[];
  readonly conflict: IdentityConflict | null;
  readonly hardware: Hardware;
  /** Null if its pool was removed, or if its check reached no pool. */
  readonly poolFqdn: string | null;
  /** The site of the network that its address belongs to, else of its pool; null if it has neither. */
  readonly siteName: string | null;
  readonly address: string;
  readonly side: Side;
  readonly userName: string | null;
  readonly version: string | null;
  readonly state: UpdateState;
  /** The progress of its current update; of several, the most urgent state. Null: there is no current update. */
  readonly progress: ProgressState | null;
  readonly updates: readonly DeviceUpdate[];
  readonly isTestDevice: boolean;
  readonly lastSeenAt: Date;
};

/**
 * How the versions that a phone runs compare with the current offers of its rules. `decideUpdate` decides it from the
 * last report of the phone, never from past offers.
 */
export const UPDATE_STATES = [
  "up_to_date",
  "update_due",
  "suspended",
  "halted",
  "content_unusable",
  "nothing_approved",
  "unknown",
] as const;
export type UpdateState = (typeof UPDATE_STATES)[number];

/**
 * What lists of phones are filtered by and Home counts: the update states, each phone in one of them, and three facts
 * that lie across them. `waiting_for_test`: a pending version would be offered to the phone if it were a test device.
 * `in_trouble`: an update in one of `TROUBLE_STATES`. `silent`: it has missed its checks.
 */
export const PHONE_FIGURES = [
  ...UPDATE_STATES,
  "waiting_for_test",
  "in_trouble",
  "silent",
] as const;
export type PhoneFigure = (typeof PHONE_FIGURES)[number];

/** A phone with all recorded facts. */
export type Device = DeviceSummary & {
  readonly firstSeenAt: Date;
  /** When the reported version last changed, and the version before that. */
  readonly updatedAt: Date | null;
  readonly previousVersion: string | null;
  readonly installed: readonly InstalledModule[];
  readonly offered: readonly OfferedModule[];
  readonly judgements: readonly JudgementRecord[];
  readonly outcome: CheckOutcome;
  readonly trigger: RecordedTrigger | null;
  /** Null: it is not retired. */
  readonly retirement: Retirement | null;
};

/** The recorded facts, without what the current rules make of them. */
export type KnownDeviceSummary = Omit<DeviceSummary, "state" | "isTestDevice"> & PhoneFacts;
export type KnownDevice = Omit<Device, "state" | "isTestDevice"> & PhoneFacts;

/** A phone in the list of retired phones. */
export type RetiredPhone = KnownDeviceSummary & { readonly retirement: Retirement };

/** The facts about a phone that a test of an update needs. */
export type KnownPhone = {
  readonly id: string;
  readonly poolId: string | null;
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  /** Serial numbers that it reported until an update to a pending version changed them. */
  readonly updatedSerialNumbers?: readonly string[];
  readonly hardware: Hardware;
  /** The version of the module that its rule covers. */
  readonly version: string | null;
  readonly installed: readonly InstalledModule[];
  /** The offers of its last check. */
  readonly offered: readonly OfferedModule[];
  readonly updates: readonly DeviceUpdate[];
  readonly lastSeenAt: Date;
};
