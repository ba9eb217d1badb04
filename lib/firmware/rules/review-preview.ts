import { z } from "zod";
import { ERROR_CODES } from "#foundation/core/errors";
import { SKIP_REASONS } from "#firmware/rules/apply-action";
import { rejection } from "#firmware/rules/rejection";
import { hardwareSchema } from "#foundation/core/hardware-schema";

/** The response of `POST /api/rules/review` to a preview, as the panel parses it. */

const label = z.object({
  ruleId: z.string(),
  identity: z.string(),
  poolFqdn: z.string(),
  hardware: hardwareSchema,
  updateType: z.string(),
});

const versions = z.object({
  approvedVersion: z.string().nullable(),
  pendingVersion: z.string().nullable(),
  restoreVersion: z.string().nullable(),
});

export const reviewPreview = z.object({
  changed: z
    .array(
      label.extend({
        before: versions,
        after: versions.nullable(),
        isDowngrade: z.boolean(),
        inSpiteOf: rejection.nullable(),
        eventId: z.string().nullable(),
        impact: z.object({ changing: z.number(), downgrading: z.number() }),
      }),
    )
    .readonly(),
  skipped: z.array(label.extend({ reason: z.enum(SKIP_REASONS) })).readonly(),
  failed: z
    .array(
      z.object({
        ruleId: z.string(),
        label: label.nullable(),
        code: z.enum([...ERROR_CODES, "defect"]),
        message: z.string(),
      }),
    )
    .readonly(),
});

/** The changes that an action on a selection would make, with the number of known phones that each would affect. */
export type ReviewPreview = z.output<typeof reviewPreview>;

/** The part of `GET /api/rules` that identifies the rules of an action. */
export const matchingRules = z.object({
  rules: z.array(z.object({ id: z.string(), generation: z.number() })),
  total: z.number(),
});

/** The totals of a preview. */
export type PreviewTotals = {
  readonly changing: number;
  readonly downgrading: number;
  readonly downgradedRules: number;
  /** Rules that would have no approved version. */
  readonly withdrawnRules: number;
  /** Rules whose version was rejected before. */
  readonly rejectedRules: number;
};

export function totalsOf({ changed }: Pick<ReviewPreview, "changed">): PreviewTotals {
  const sum = (pick: (rule: ReviewPreview["changed"][number]) => number) =>
    changed.reduce((total, rule) => total + pick(rule), 0);
  return {
    changing: sum(({ impact }) => impact.changing),
    downgrading: sum(({ impact }) => impact.downgrading),
    downgradedRules: changed.filter((rule) => rule.isDowngrade).length,
    withdrawnRules: changed.filter(
      ({ before, after }) =>
        before.approvedVersion !== null && after !== null && after.approvedVersion === null,
    ).length,
    rejectedRules: changed.filter(({ inSpiteOf }) => inSpiteOf !== null).length,
  };
}
