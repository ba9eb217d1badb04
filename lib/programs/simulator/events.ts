import type { CheckTrigger } from "#formats/protocol/check-request";
import type { FailedCheck } from "#programs/simulator/check";
import type { RejectedDownload } from "#programs/simulator/download";
import type { PhoneState, UpdateAnswer, WaitReason } from "#programs/simulator/model";

/** What can be seen of a phone while it runs. */
export type PhoneEvent =
  | { readonly kind: "found"; readonly url: string; readonly address: string | null }
  | { readonly kind: "checking"; readonly trigger: CheckTrigger; readonly version: string }
  | {
      readonly kind: "answered";
      readonly channel: UpdateAnswer["channel"];
      readonly offered: readonly { readonly updateType: string; readonly version: string }[];
      readonly nextCheckSeconds: number;
    }
  | Failed<"check_failed", FailedCheck["reason"]>
  | {
      readonly kind: "receiving";
      readonly fileName: string;
      readonly receivedBytes: number;
      /** Null where the answer did not say. */
      readonly sizeBytes: number | null;
    }
  | {
      readonly kind: "downloaded";
      readonly fileName: string;
      /** Null where the answer did not say what it has to be. */
      readonly sha256: string | null;
      /** 0 where it came in one piece. */
      readonly resumedAtBytes: number;
    }
  | Failed<"download_interrupted", null>
  | Failed<"download_rejected", RejectedDownload["reason"]>
  | { readonly kind: "waiting"; readonly reason: WaitReason; readonly until: Date }
  | { readonly kind: "installed"; readonly fromVersion: string; readonly toVersion: string }
  | { readonly kind: "install_failed"; readonly version: string }
  | { readonly kind: "vanished" };

type Failed<Kind extends string, Reason> = {
  readonly kind: Kind;
  readonly reason: Reason;
  readonly message: string;
};

export type OnPhoneEvent = (event: PhoneEvent) => void;

/** How a run that was to end, or was stopped, came out. */
export type PhoneRun = {
  readonly ending:
    "nothing_due" | "still_offered" | "check_failed" | "download_failed" | "vanished" | "stopped";
  /** Restarts into another version during this run. */
  readonly installs: number;
  /** Of the failure that ended it; null where none did. */
  readonly message: string | null;
  readonly state: PhoneState;
};
