import type { ReleaseRef, RuleAction, RuleReleases } from "#firmware/rules/model";

/** Why an action has nothing to do on a rule. */
export const SKIP_REASONS = [
  "nothing_pending",
  "nothing_approved",
  "already_that_version",
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export type Transition =
  | { readonly outcome: "changed"; readonly after: RuleReleases }
  | { readonly outcome: "removed" }
  | { readonly outcome: "skipped"; readonly reason: SkipReason }
  /** Restoring without an earlier version withdraws the update; that must be meant. */
  | { readonly outcome: "needs_consent" };

export type ActionOptions = {
  /** The version to go back to; null takes the restore version. */
  readonly target: ReleaseRef | null;
  /** Whether a restore may leave the rule with nothing approved. */
  readonly mayWithdraw: boolean;
};

/**
 * The state machine of a rule (admin-model.md, section 12). Pure; says what the rule holds
 * afterwards, or why nothing happens.
 */
export function applyAction(
  rule: RuleReleases,
  action: RuleAction,
  options: ActionOptions = { target: null, mayWithdraw: false },
): Transition {
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
  // One step deep, as in the original: the version restored from is not kept as a target.
  return {
    outcome: "changed",
    after: { approved: rule.restore, pending: rule.pending, restore: null },
  };
}

/** Going back to a chosen version keeps the present one as the way forward again. */
function restoreTo(rule: RuleReleases, target: ReleaseRef): Transition {
  if (rule.approved?.releaseId === target.releaseId) {
    return { outcome: "skipped", reason: "already_that_version" };
  }
  const pending = rule.pending?.releaseId === target.releaseId ? null : rule.pending;
  return { outcome: "changed", after: { approved: target, pending, restore: rule.approved } };
}

/** What importing a release does to a rule. */
export type ImportTransition =
  | { readonly outcome: "unchanged"; readonly because: "approved" | "pending" }
  | {
      readonly outcome: "pending";
      readonly after: RuleReleases;
      readonly replaced: ReleaseRef | null;
    };

/**
 * An imported release becomes pending, unless the rule holds its version already: approving it
 * again would destroy the way back.
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
