import { z } from "zod";
import { MAX_SILENT_DAYS } from "#fleet/devices/retire-by-age";

/** Null: no phone is retired by its age. */
const days = z.int().min(1).max(MAX_SILENT_DAYS).nullable();

/** Phones that were silent for `days` days are retired by the service itself. Off by default. */
export const retireByAge = z.strictObject({ days });

/** `seenAt`: the time of the change that the administrator saw, in ISO 8601; null if there was none. */
export const setRetireByAgeInput = retireByAge.extend({ seenAt: z.iso.datetime().nullable() });
export type SetRetireByAgeInput = z.output<typeof setRetireByAgeInput>;

export const previewRetireByAgeInput = z.strictObject({
  days: z.int().min(1).max(MAX_SILENT_DAYS),
});
