import { z } from "zod";
import { MAX_RULES_PER_ACTION, RULE_ACTIONS } from "#firmware/rules/model";

const reason = z.string().trim().max(1000).default("");

/** A rule with the generation that the caller saw. Null accepts any generation, for scripts that do not read first. */
const seenRule = z.strictObject({
  ruleId: z.uuid(),
  generation: z.int().positive().nullable().default(null),
});

export const reviewInput = z.strictObject({
  action: z.enum(RULE_ACTIONS),
  rules: z.array(seenRule).min(1).max(MAX_RULES_PER_ACTION),
  reason,
  /** For restore: the version to restore; null: the restore version. */
  targetVersion: z.string().min(1).max(64).nullable().default(null),
  /** For restore: whether a rule without an earlier version may lose its approved version. */
  mayWithdraw: z.boolean().default(false),
  /** For approve and restore: whether a version may become approved although it was rejected in any pool. */
  evenIfRejected: z.boolean().default(false),
});
export type ReviewInput = z.input<typeof reviewInput>;
export type ParsedReviewInput = z.output<typeof reviewInput>;

export const undoInput = z.strictObject({
  eventId: z.string().regex(/^\d{1,19}$/),
  reason,
});
export type UndoInput = z.output<typeof undoInput>;

export const undoReviewsInput = z.strictObject({
  eventIds: z.array(undoInput.shape.eventId).min(1).max(MAX_RULES_PER_ACTION),
  reason,
});
export type UndoReviewsInput = z.output<typeof undoReviewsInput>;

/** A review as scripts and the preview of the panel send it. */
export const reviewRequest = reviewInput.extend({ whatIf: z.boolean().default(false) });
export type ReviewRequest = z.input<typeof reviewRequest>;
