import { z } from "zod";
import type { CaptureSettings } from "#phones/captures/model";
import { CAPTURE_MODES } from "#phones/captures/model";

const KIB = 1024;

export const CAPTURE_LIMITS = {
  maxBodyBytes: { min: KIB, max: 64 * KIB },
  maxCount: { min: 1, max: 5_000 },
  keepDays: { min: 1, max: 90 },
  perMinute: { min: 1, max: 600 },
} as const;

function within({ min, max }: { readonly min: number; readonly max: number }) {
  return z.number().int().min(min).max(max);
}

export const captureSettings: z.ZodType<CaptureSettings> = z.strictObject({
  mode: z.enum(CAPTURE_MODES),
  maxBodyBytes: within(CAPTURE_LIMITS.maxBodyBytes),
  maxCount: within(CAPTURE_LIMITS.maxCount),
  keepDays: within(CAPTURE_LIMITS.keepDays),
  perMinute: within(CAPTURE_LIMITS.perMinute),
});

/** Off by default, because requests may contain the user of a phone. */
export const DEFAULT_CAPTURE_SETTINGS: CaptureSettings = {
  mode: "off",
  maxBodyBytes: 16 * KIB,
  maxCount: 500,
  keepDays: 14,
  perMinute: 30,
};

/** `seenAt`: the time of the change that the administrator saw, in ISO 8601; null if there was none. */
export const setCaptureInput = z.strictObject({
  settings: captureSettings,
  seenAt: z.iso.datetime().nullable(),
});
export type SetCaptureInput = z.infer<typeof setCaptureInput>;

export const captureIdInput = z.strictObject({ captureId: z.uuid() });
export type CaptureIdInput = z.infer<typeof captureIdInput>;

const MAX_REMOVED_CAPTURES = 500;

export const removeCapturesInput = z.union([
  z.strictObject({ captureIds: z.array(z.uuid()).min(1).max(MAX_REMOVED_CAPTURES) }),
  z.strictObject({ every: z.literal(true) }),
]);
export type RemoveCapturesInput = z.infer<typeof removeCapturesInput>;
