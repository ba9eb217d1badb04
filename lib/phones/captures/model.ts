import type { Dialect, Side } from "#fleet/devices/model";

/** The reason for a capture. */
export const CAPTURE_REASONS = [
  /** The request was refused because it cannot be parsed. */
  "unparseable",
  /** No rule covers its model. */
  "unknown_model",
  /** Rules cover its model, but not its revision and locale. */
  "nothing_matched",
  /** The request was refused for another reason: 4xx. */
  "refused",
  /** The service could not answer the request: 5xx. */
  "failed",
  /** The request was answered without a problem. */
  "answered",
] as const;
export type CaptureReason = (typeof CAPTURE_REASONS)[number];

/** The reasons that say that something is wrong. */
export const FAILING_REASONS = CAPTURE_REASONS.filter((reason) => reason !== "answered");

/** `failing` means all reasons except `answered`. */
export const CAPTURE_MODES = ["off", "failing", "all"] as const;
export type CaptureMode = (typeof CAPTURE_MODES)[number];

/** What is captured, and the limits. */
export type CaptureSettings = {
  readonly mode: CaptureMode;
  readonly maxBodyBytes: number;
  readonly maxCount: number;
  readonly keepDays: number;
  readonly perMinute: number;
};

export type CapturedHeader = readonly [name: string, value: string];

/** A request as received, before credentials are removed. */
export type RawCapture = {
  readonly at: Date;
  readonly reason: CaptureReason;
  readonly side: Side;
  readonly dialect: Dialect;
  readonly address: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** In the received order. */
  readonly headers: readonly CapturedHeader[];
  readonly body: Uint8Array;
  /** The status of the answer. */
  readonly status: number;
  readonly deviceKey: string | null;
};

/** A request as stored: without credentials, and possibly truncated. */
export type CaptureRecord = RawCapture & { readonly isTruncated: boolean };

/** A row of the list. */
export type CaptureSummary = Omit<CaptureRecord, "body" | "headers"> & {
  readonly id: string;
  readonly sizeBytes: number;
};

export type Capture = CaptureRecord & { readonly id: string };

/** The number of requests that were not captured. */
export type CaptureLosses = {
  /** Beyond the limit per minute. */
  readonly overRate: number;
  /** Dropped because the buffer was full while the database was unavailable. */
  readonly dropped: number;
};

/** The name of the setting that stores the capture settings. */
export const CAPTURE_SETTING = "capture";
