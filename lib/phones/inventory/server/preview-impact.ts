import "server-only";

import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { countAffectedDevices } from "#phones/inventory/server/count-affected-devices";
import type { ReviewPreview } from "#firmware/rules/review-preview";
import type { ParsedReviewInput } from "#firmware/rules/schema";
import { previewReview } from "#firmware/rules/server/review-rules";

const NOTHING = { approvedVersion: null, pendingVersion: null };

/** The changes that `reviewRules` would make, with the number of known phones that would get another version. */
export async function previewImpact(
  context: UseCaseContext,
  input: ParsedReviewInput,
): Promise<ReviewPreview> {
  requirePermission(context.actor, "rule:read");
  const report = await previewReview(context, input);
  const impacts = await countAffectedDevices(
    context,
    report.changed.map((rule) => ({ ...rule, after: rule.after ?? NOTHING })),
  );
  return {
    ...report,
    changed: report.changed.map((rule) => ({
      ...rule,
      impact: impacts.get(rule.ruleId) ?? { changing: 0, downgrading: 0 },
    })),
  };
}
