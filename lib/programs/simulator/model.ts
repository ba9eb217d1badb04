import type { Hardware } from "#foundation/core/hardware";
import type { CheckTrigger } from "#formats/protocol/check-request";
import type { CheckAnswer, OfferedFile } from "#formats/protocol/json-answer";

/** The modules on one of the phone's two partitions. */
export type Partition = readonly RunningModule[];

export type RunningModule = {
  readonly updateType: string;
  readonly fileName: string;
  readonly version: string;
  /** Digest of the image; null for factory modules and when the answer does not state it. */
  readonly sha256: string | null;
};

/** An offer, reduced to what the phone downloads and writes to its other partition. */
export type Offer = {
  readonly idleSecondsBeforeInstall: number;
  readonly modules: readonly OfferedImage[];
};

type OfferedImage = {
  readonly updateType: string;
  readonly version: string;
  readonly files: readonly FileToFetch[];
};

/** A file of an offer. The XML dialect states neither size nor digest. */
export type FileToFetch = Omit<OfferedFile, "size" | "sha256"> & {
  readonly size: number | null;
  readonly sha256: string | null;
};

/** The parts of an answer that a phone uses, independent of the dialect. */
export type UpdateAnswer = Offer & {
  readonly nextCheckSeconds: number;
  /** Null when the dialect does not state it. */
  readonly channel: CheckAnswer["channel"] | null;
};

/** What the phone is doing. */
type PhonePhase =
  | { readonly kind: "checking"; readonly trigger: CheckTrigger }
  | { readonly kind: "resting"; readonly until: Date; readonly trigger: CheckTrigger }
  | {
      readonly kind: "downloading";
      readonly offer: Offer;
      readonly notBefore: Date;
      readonly failures: number;
    }
  | { readonly kind: "idling"; readonly offer: Offer; readonly installAt: Date };

type LastUpdate = {
  readonly at: Date;
  readonly fromVersion: string;
  readonly toVersion: string;
};

/** The state that survives a power cut. */
export type PhoneState = {
  readonly active: Partition;
  /** The previous modules; null on a phone that was never updated. */
  readonly inactive: Partition | null;
  readonly lastUpdate: LastUpdate | null;
  readonly lastCheckAt: Date | null;
  /** Seconds until the next check, from the last answer. */
  readonly nextCheckSeconds: number;
  /** Number of consecutive failed checks. */
  readonly failedChecks: number;
  /** Whether the user has signed in since the phone booted. */
  readonly isSignedIn: boolean;
  readonly phase: PhonePhase;
};

/** What happened to the phone. */
export type PhoneInput =
  | { readonly kind: "booted" }
  | { readonly kind: "answered"; readonly answer: UpdateAnswer }
  | { readonly kind: "check_failed"; readonly retryAfterSeconds: number | null }
  | { readonly kind: "downloaded" }
  | { readonly kind: "download_interrupted"; readonly retryAfterSeconds: number | null }
  | { readonly kind: "download_refused" }
  | { readonly kind: "installed" };

/** What the phone does next. */
export type PhoneStep =
  | { readonly kind: "check"; readonly trigger: CheckTrigger }
  | { readonly kind: "download"; readonly offer: Offer }
  | { readonly kind: "wait"; readonly until: Date; readonly reason: WaitReason }
  | { readonly kind: "install"; readonly offer: Offer };

export type WaitReason = "next_check" | "retry" | "idle";

/** Settings of a phone that do not change while it runs. */
export type PhoneHabits = {
  /** All waits are divided by this. */
  readonly timeScale: number;
  /** Whether a user signs in after each boot. */
  readonly signsIn: boolean;
};

export type PhoneIdentity = {
  readonly hardware: Hardware;
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  readonly user: string | null;
};
