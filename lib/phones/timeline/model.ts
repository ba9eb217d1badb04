import type { Channel, Device } from "#fleet/devices/model";
import type { DeviceEvent } from "#fleet/devices/retirement";
import type { UpdateStep } from "#fleet/devices/update-steps";
import type { CheckEntry } from "#phones/check-log/check-row";
import type { DeviceLogSummary } from "#phones/device-logs/model";

/** What a check shows of its phone, the most important first: a refused check proves nothing about the phone. */
export const CHECK_KINDS = ["refusal", "offer", "restart", "check"] as const;
export type CheckKind = (typeof CHECK_KINDS)[number];

type Happened =
  | { readonly kind: CheckKind; readonly check: CheckEntry }
  /** An observed step of an update that is current. */
  | {
      readonly kind: "update";
      readonly step: UpdateStep;
      readonly updateType: string;
      readonly version: string;
    }
  | {
      readonly kind: "log";
      readonly log: Pick<DeviceLogSummary, "id" | "logType" | "fileName" | "sizeBytes">;
    }
  /** The phone reported another serial number than before. */
  | { readonly kind: "serial"; readonly former: string; readonly channel: Channel | null }
  /** What people or the service did with the phone: retired, restored, merged. */
  | { readonly kind: "action"; readonly event: DeviceEvent }
  | { readonly kind: "first_seen" };

/** One event in the history of a phone. */
export type TimelineEntry = Happened & {
  /** Unique in the timeline. */
  readonly id: string;
  readonly at: Date;
};

/** The recorded facts of a phone that a timeline is built from. */
export type TimelineSources = {
  readonly device: Pick<Device, "updates" | "serialChanges" | "firstSeenAt" | "lastSeenAt">;
  readonly checks: readonly CheckEntry[];
  readonly logs: readonly DeviceLogSummary[];
  readonly actions: readonly DeviceEvent[];
};

/** One page of a timeline, newest first. */
export type TimelinePage = {
  readonly entries: readonly TimelineEntry[];
  /** Entries before this instant are on the next page; null if there are none. */
  readonly nextBefore: Date | null;
};
