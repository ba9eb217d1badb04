import { z } from "zod";
import { RULE_ACTIONS } from "#firmware/rules/model";

/** Rules a person may act on at once. */
export const MOST_RULES_AT_ONCE = 2000;

const reason = z.string().trim().max(1000).default("");

/** A rule as it was seen. Null generation: whatever it is now, for scripts that name rules blindly. */
const seenRule = z.strictObject({
  ruleId: z.uuid(),
  generation: z.int().positive().nullable().default(null),
});

export const reviewInput = z.strictObject({
  action: z.enum(RULE_ACTIONS),
  rules: z.array(seenRule).min(1).max(MOST_RULES_AT_ONCE),
  reason,
  /** With restore: the version to go back to; otherwise the restore version. */
  targetVersion: z.string().min(1).max(64).nullable().default(null),
  /** With restore: whether a rule without an earlier version may be left with nothing approved. */
  mayWithdraw: z.boolean().default(false),
});
export type ReviewInput = z.input<typeof reviewInput>;
export type ParsedReviewInput = z.output<typeof reviewInput>;

export const undoInput = z.strictObject({
  eventId: z.string().regex(/^\d{1,19}$/),
  reason,
});
export type UndoInput = z.output<typeof undoInput>;

export const undoReviewsInput = z.strictObject({
  eventIds: z.array(undoInput.shape.eventId).min(1).max(MOST_RULES_AT_ONCE),
  reason,
});
export type UndoReviewsInput = z.output<typeof undoReviewsInput>;

/** A review as scripts and the panel's preview send it. */
export const reviewRequest = reviewInput.extend({ whatIf: z.boolean().default(false) });
export type ReviewRequest = z.input<typeof reviewRequest>;
