import type { Hardware } from "#foundation/core/hardware";
import type { CheckTrigger } from "#formats/protocol/check-request";
import type { CheckAnswer, OfferedFile } from "#formats/protocol/json-answer";

/** What is on one of the phone's two partitions. */
export type Partition = readonly RunningModule[];

export type RunningModule = {
  readonly updateType: string;
  readonly fileName: string;
  readonly version: string;
  /** Of the image; null for what the phone was made with, and where the answer did not say. */
  readonly sha256: string | null;
};

/** An offer, reduced to what the phone has to fetch and put onto its other partition. */
export type Offer = {
  readonly idleSecondsBeforeInstall: number;
  readonly modules: readonly OfferedImage[];
};

type OfferedImage = {
  readonly updateType: string;
  readonly version: string;
  readonly files: readonly FileToFetch[];
};

/** A file of an offer. XML says neither how long it is nor what its digest is. */
export type FileToFetch = Omit<OfferedFile, "size" | "sha256"> & {
  readonly size: number | null;
  readonly sha256: string | null;
};

/** An answer, as far as a phone acts on it, in whichever dialect it came. */
export type UpdateAnswer = Offer & {
  readonly nextCheckSeconds: number;
  /** Null where the dialect does not tell. */
  readonly channel: CheckAnswer["channel"] | null;
};

/** What the phone is about. */
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

/** All that survives a power cut. */
export type PhoneState = {
  readonly active: Partition;
  /** What ran before; null on a phone that was never updated. */
  readonly inactive: Partition | null;
  readonly lastUpdate: LastUpdate | null;
  readonly lastCheckAt: Date | null;
  /** When to ask next, as the last answer said. */
  readonly nextCheckSeconds: number;
  /** Checks that failed one after the other. */
  readonly failedChecks: number;
  /** Whether the user has signed in since the phone booted. */
  readonly isSignedIn: boolean;
  readonly phase: PhonePhase;
};

/** What the world did to the phone. */
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

/** How a phone is made and used; none of it changes while it runs. */
export type PhoneHabits = {
  /** All waits are divided by this. */
  readonly timeScale: number;
  /** Whether somebody signs in after each boot. */
  readonly signsIn: boolean;
};

export type PhoneIdentity = {
  readonly hardware: Hardware;
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  readonly user: string | null;
};
