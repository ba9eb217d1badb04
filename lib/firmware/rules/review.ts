import { isDowngrade } from "#foundation/core/version";
import type { Transition } from "#firmware/rules/apply-action";
import type { SkipReason } from "#firmware/rules/apply-action";
import type { Rule, RuleReleases } from "#firmware/rules/model";
import { ruleIdentity } from "#firmware/rules/model";
import type { Rejection } from "#firmware/rules/rejection";
import type { ErrorCode } from "#foundation/core/errors";
import type { Hardware } from "#foundation/core/hardware";

/** The versions of a rule, without other data of its releases. */
export type RuleVersions = {
  readonly approvedVersion: string | null;
  readonly pendingVersion: string | null;
  readonly restoreVersion: string | null;
};

/** The fields that identify a rule in a report. */
export type RuleLabel = {
  readonly ruleId: string;
  readonly identity: string;
  readonly poolFqdn: string;
  readonly hardware: Hardware;
  readonly updateType: string;
};

/** The effect of an action on a rule; in a preview, the effect that it would have. */
export type ReviewedRule = RuleLabel & {
  readonly before: RuleVersions;
  /** Null if the rule is removed. */
  readonly after: RuleVersions | null;
  /** Whether the approved version becomes an older one. */
  readonly isDowngrade: boolean;
  /** The rejection of the version that becomes approved, which the action ends; null without one. */
  readonly inSpiteOf: Rejection | null;
  /** The event to undo; null in a preview. */
  readonly eventId: string | null;
};

export type SkippedRule = RuleLabel & { readonly reason: SkipReason };

export type FailedRule = {
  readonly ruleId: string;
  /** Null if the rule no longer exists. */
  readonly label: RuleLabel | null;
  readonly code: ErrorCode | "defect";
  readonly message: string;
};

/** The result of an action on a selection. Every rule is in exactly one of the three lists. */
export type ReviewReport = {
  readonly changed: readonly ReviewedRule[];
  readonly skipped: readonly SkippedRule[];
  readonly failed: readonly FailedRule[];
};

export type FailedUndo = {
  readonly eventId: string;
  readonly code: ErrorCode | "defect";
  readonly message: string;
};

export type UndoReport = { readonly undone: number; readonly failed: readonly FailedUndo[] };

export function toVersions({ approved, pending, restore }: RuleReleases): RuleVersions {
  return {
    approvedVersion: approved?.version ?? null,
    pendingVersion: pending?.version ?? null,
    restoreVersion: restore?.version ?? null,
  };
}

export function toLabel(rule: Rule): RuleLabel {
  return {
    ruleId: rule.id,
    identity: ruleIdentity(rule),
    poolFqdn: rule.poolFqdn,
    hardware: rule.hardware,
    updateType: rule.updateType,
  };
}

/** The report entry of a transition. */
export function toReviewedRule(
  rule: Rule,
  transition: Extract<Transition, { readonly outcome: "changed" | "removed" }>,
  eventId: string | null,
): ReviewedRule {
  const before = toVersions(rule);
  const after = transition.outcome === "removed" ? null : toVersions(transition.after);
  return {
    ...toLabel(rule),
    before,
    after,
    isDowngrade: after !== null && isDowngrade(before.approvedVersion, after.approvedVersion),
    inSpiteOf: (transition.outcome === "changed" ? transition.inSpiteOf : null) ?? null,
    eventId,
  };
}
