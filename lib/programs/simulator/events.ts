import type { CheckTrigger } from "#formats/protocol/check-request";
import type { FailedCheck } from "#programs/simulator/check";
import type { RejectedDownload } from "#programs/simulator/download";
import type { PhoneState, UpdateAnswer, WaitReason } from "#programs/simulator/model";

/** Events of a running phone. */
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
      /** Null when the answer does not state it. */
      readonly sizeBytes: number | null;
    }
  | {
      readonly kind: "downloaded";
      readonly fileName: string;
      /** Null when the answer does not state the expected digest. */
      readonly sha256: string | null;
      /** 0 when the download was not interrupted. */
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

/** Result of a run. */
export type PhoneRun = {
  readonly ending:
    "nothing_due" | "still_offered" | "check_failed" | "download_failed" | "vanished" | "stopped";
  /** Number of restarts into another version during this run. */
  readonly installs: number;
  /** Message of the failure that ended the run; null without a failure. */
  readonly message: string | null;
  readonly state: PhoneState;
};
