import type { ReleaseRef, RuleAction, RuleReleases } from "#firmware/rules/model";
import type { Rejection } from "#firmware/rules/rejection";

/** Why an action on a rule is skipped. */
export const SKIP_REASONS = [
  "nothing_pending",
  "nothing_approved",
  "already_that_version",
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export type Transition =
  | {
      readonly outcome: "changed";
      readonly after: RuleReleases;
      /** The rejection of the version that becomes approved; absent without one. */
      readonly inSpiteOf?: Rejection;
    }
  | { readonly outcome: "removed" }
  | { readonly outcome: "skipped"; readonly reason: SkipReason }
  /** A restore without an earlier version withdraws the update and needs explicit consent. */
  | { readonly outcome: "needs_consent" }
  /** The action would approve a rejected version, which needs an explicit answer. */
  | { readonly outcome: "rejected_version"; readonly rejection: Rejection };

export type ActionOptions = {
  /** The version to restore; null: the restore version. */
  readonly target: ReleaseRef | null;
  /** Whether a restore may leave the rule without an approved version. */
  readonly mayWithdraw: boolean;
  /** Whether a version may become approved although it was rejected. */
  readonly evenIfRejected: boolean;
};

const NO_OPTIONS: ActionOptions = { target: null, mayWithdraw: false, evenIfRejected: false };

/**
 * The state machine of a rule (admin-model.md, section 12). Pure; returns the releases of the rule after the action, or
 * why it is skipped.
 */
export function applyAction(
  rule: RuleReleases,
  action: RuleAction,
  options: ActionOptions = NO_OPTIONS,
): Transition {
  const transition = move(rule, action, options);
  if (transition.outcome !== "changed") {
    return transition;
  }
  const rejection = rejectionOfApproval(rule, transition.after);
  if (rejection === undefined) {
    return transition;
  }
  return options.evenIfRejected
    ? { ...transition, inSpiteOf: rejection }
    : { outcome: "rejected_version", rejection };
}

/** The rejection of a version that becomes approved. */
function rejectionOfApproval(before: RuleReleases, after: RuleReleases): Rejection | undefined {
  const isApproval =
    after.approved !== null && after.approved.releaseId !== before.approved?.releaseId;
  return isApproval ? after.approved.rejection : undefined;
}

function move(rule: RuleReleases, action: RuleAction, options: ActionOptions): Transition {
  switch (action) {
    case "approve":
      return approve(rule);
    case "reset":
      return reset(rule);
    case "restore":
      return restore(rule, options);
    case "remove":
      return { outcome: "removed" };
  }
}

function approve({ approved, pending }: RuleReleases): Transition {
  if (pending === null) {
    return { outcome: "skipped", reason: "nothing_pending" };
  }
  return { outcome: "changed", after: { approved: pending, pending: null, restore: approved } };
}

function reset({ approved, pending, restore: restoreRelease }: RuleReleases): Transition {
  if (pending === null) {
    return { outcome: "skipped", reason: "nothing_pending" };
  }
  return { outcome: "changed", after: { approved, pending: null, restore: restoreRelease } };
}

function restore(rule: RuleReleases, { target, mayWithdraw }: ActionOptions): Transition {
  if (target !== null) {
    return restoreTo(rule, target);
  }
  if (rule.approved === null) {
    return { outcome: "skipped", reason: "nothing_approved" };
  }
  if (rule.restore === null && !mayWithdraw) {
    return { outcome: "needs_consent" };
  }
  // Only one step, as in the original: the replaced version does not become the restore version.
  return {
    outcome: "changed",
    after: { approved: rule.restore, pending: rule.pending, restore: null },
  };
}

/** Restores a chosen version. The current version becomes the restore version. */
function restoreTo(rule: RuleReleases, target: ReleaseRef): Transition {
  if (rule.approved?.releaseId === target.releaseId) {
    return { outcome: "skipped", reason: "already_that_version" };
  }
  const pending = rule.pending?.releaseId === target.releaseId ? null : rule.pending;
  return { outcome: "changed", after: { approved: target, pending, restore: rule.approved } };
}

/** The effect of an import on a rule. */
export type ImportTransition =
  | { readonly outcome: "unchanged"; readonly because: "approved" | "pending" }
  | {
      readonly outcome: "pending";
      readonly after: RuleReleases;
      readonly replaced: ReleaseRef | null;
    };

/**
 * Makes an imported release pending, unless the rule already has its version as approved or pending: approving the same
 * version again would overwrite the restore version.
 */
export function applyImport(rule: RuleReleases, release: ReleaseRef): ImportTransition {
  if (rule.approved?.version === release.version) {
    return { outcome: "unchanged", because: "approved" };
  }
  if (rule.pending?.version === release.version) {
    return { outcome: "unchanged", because: "pending" };
  }
  return {
    outcome: "pending",
    after: { approved: rule.approved, pending: release, restore: rule.restore },
    replaced: rule.pending,
  };
}
