import { z } from "zod";

const deviceIds = z.tuple([z.uuid(), z.uuid()]);

export const previewMergeInput = z.strictObject({ deviceIds });
export type PreviewMergeInput = z.output<typeof previewMergeInput>;

export const mergeInput = z.strictObject({
  deviceIds,
  /** The row that stays, as the preview showed it; null: the one that a preview would show now. */
  keptId: z.uuid().nullable(),
  reason: z.string().trim().max(1000).default(""),
});
export type MergeInput = z.input<typeof mergeInput>;
export type ParsedMergeInput = z.output<typeof mergeInput>;

/** The body of `POST /api/devices/merge`; with `whatIf`, nothing is merged. */
export const mergeRequest = z.strictObject({
  deviceIds,
  keptId: z.uuid().optional(),
  reason: z.string().trim().max(1000).default(""),
  whatIf: z.boolean().default(false),
});
