import type { Dialect, Side } from "#fleet/devices/model";

/** Why a request was kept. */
export const CAPTURE_REASONS = [
  /** It was refused because it cannot be read. */
  "unparseable",
  /** No rule is for its model. */
  "unknown_model",
  /** Rules are for its model, but for none of its revision and locale. */
  "nothing_matched",
  /** It was refused for another reason: 4xx. */
  "refused",
  /** The service could not answer it: 5xx. */
  "failed",
  /** Nothing is wrong with it. */
  "answered",
] as const;
export type CaptureReason = (typeof CAPTURE_REASONS)[number];

/** `failing` is every reason but `answered`. */
export const CAPTURE_MODES = ["off", "failing", "all"] as const;
export type CaptureMode = (typeof CAPTURE_MODES)[number];

/** What is kept, and how much of it at most. */
export type CaptureSettings = {
  readonly mode: CaptureMode;
  readonly maxBodyBytes: number;
  readonly maxCount: number;
  readonly keepDays: number;
  readonly perMinute: number;
};

export type CapturedHeader = readonly [name: string, value: string];

/** A request as it came, before credentials are taken out of it. */
export type RawCapture = {
  readonly at: Date;
  readonly reason: CaptureReason;
  readonly side: Side;
  readonly dialect: Dialect;
  readonly address: string;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** In the order they came. */
  readonly headers: readonly CapturedHeader[];
  readonly body: Uint8Array;
  /** What it was answered with. */
  readonly status: number;
  readonly deviceKey: string | null;
};

/** A request as it is kept: without credentials, and perhaps cut. */
export type CaptureRecord = RawCapture & { readonly isTruncated: boolean };

/** A line of the list. */
export type CaptureSummary = Omit<CaptureRecord, "body" | "headers"> & {
  readonly id: string;
  readonly sizeBytes: number;
};

export type Capture = CaptureRecord & { readonly id: string };

/** How many requests this process could not keep since it was started. */
export type CaptureLosses = {
  /** Over the limit for a minute. */
  readonly overRate: number;
  /** The database was away for longer than the buffer lasts. */
  readonly dropped: number;
};

/** The name under which the settings are kept. */
export const CAPTURE_SETTING = "capture";
