import "server-only";

import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { imageKey } from "#foundation/core/hardware";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import type { Db } from "#foundation/platform/db/client";
import { db, inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import { log } from "#foundation/platform/log";
import type { Transition } from "#firmware/rules/apply-action";
import { applyAction } from "#firmware/rules/apply-action";
import { ruleFact } from "#firmware/rules/audit-facts";
import type { ReleaseRef, Rule, RuleAction, RuleVerb } from "#firmware/rules/model";
import type { Rejection } from "#firmware/rules/rejection";
import { toRejectionText } from "#firmware/rules/rejection";
import type { FailedRule, ReviewReport, ReviewedRule, SkippedRule } from "#firmware/rules/review";
import { toLabel, toReviewedRule } from "#firmware/rules/review";
import type { ParsedReviewInput } from "#firmware/rules/schema";
import { insertEvent } from "#firmware/rules/server/event-store";
import { recordReviewNotice } from "#firmware/rules/server/record-review-notice";
import { recordRejections } from "#firmware/rules/server/record-rejections";
import { findRejections, markRelease } from "#firmware/rules/server/rejection-store";
import { findRelease } from "#firmware/rules/server/release-store";
import { deleteRule, findRulesById, lockRule, replaceReleases } from "#firmware/rules/server/store";

const VERB_BY_ACTION = {
  approve: "approved",
  reset: "reset",
  restore: "restored",
  remove: "removed",
} as const satisfies Record<RuleAction, RuleVerb>;

type SeenRule = ParsedReviewInput["rules"][number];

/** The outcome for one rule. The report sorts outcomes into its three lists. */
type RuleOutcome =
  | { readonly outcome: "changed"; readonly rule: ReviewedRule }
  | { readonly outcome: "skipped"; readonly rule: SkippedRule };

type SkippedTransition = Extract<Transition, { readonly outcome: "skipped" }>;
type ActionableTransition = Extract<Transition, { readonly outcome: "changed" | "removed" }>;

/**
 * Approves, resets, restores or removes a selection of rules. Each rule has its own transaction, so a rule that another
 * request has changed is reported as failed and does not affect the others.
 */
export async function reviewRules(
  context: UseCaseContext,
  input: ParsedReviewInput,
): Promise<ReviewReport> {
  requirePermission(context.actor, input.action === "remove" ? "rule:remove" : "rule:review");
  return reviewEach(input.rules, (seen) =>
    inTransaction((tx) => reviewRule(tx, context, { seen, input })),
  );
}

/** Returns the report that `reviewRules` would have, without changing anything. */
export async function previewReview(
  context: UseCaseContext,
  input: ParsedReviewInput,
): Promise<ReviewReport> {
  requirePermission(context.actor, "rule:read");
  return reviewEach(input.rules, (seen) =>
    inTransaction(async (tx) => {
      const { rule, transition } = await decide(tx, { seen, input });
      return transition.outcome === "skipped"
        ? { outcome: "skipped", rule: { ...toLabel(rule), reason: transition.reason } }
        : { outcome: "changed", rule: toReviewedRule(rule, transition, null) };
    }),
  );
}

async function reviewRule(
  tx: Db,
  context: UseCaseContext,
  request: { readonly seen: SeenRule; readonly input: ParsedReviewInput },
): Promise<RuleOutcome> {
  const { rule, transition } = await decide(tx, request);
  if (transition.outcome === "skipped") {
    return { outcome: "skipped", rule: { ...toLabel(rule), reason: transition.reason } };
  }
  // The row lock depends on this code alone, so the store also checks that the rule is unchanged.
  if (!(await store(tx, rule, transition))) {
    throw ruleHasChanged();
  }
  const eventId = await recordReview(tx, context, { rule, transition, input: request.input });
  return { outcome: "changed", rule: toReviewedRule(rule, transition, eventId) };
}

async function decide(
  tx: Db,
  { seen, input }: { readonly seen: SeenRule; readonly input: ParsedReviewInput },
): Promise<{
  readonly rule: Rule;
  readonly transition: ActionableTransition | SkippedTransition;
}> {
  const rule = await lockRule(tx, seen.ruleId);
  if (rule === null) {
    throw new AppError("not_found", "This rule no longer exists.");
  }
  // The reviewer has seen an outdated rule. This is a conflict even if the action would be skipped now.
  if (seen.generation !== null && rule.generation !== seen.generation) {
    throw ruleHasChanged();
  }
  const target = await findTarget(tx, rule, input.targetVersion);
  const { mayWithdraw, evenIfRejected } = input;
  const transition = applyAction(rule, input.action, { target, mayWithdraw, evenIfRejected });
  switch (transition.outcome) {
    case "needs_consent":
      throw new AppError(
        "invalid_state",
        "There is no earlier version to restore. To withdraw the approved one, say so: mayWithdraw, or --withdraw on the command line.",
      );
    case "rejected_version":
      throw new AppError("rejected_version", toRefusal(transition.rejection));
    case "changed":
    case "removed":
    case "skipped":
      return { rule, transition };
  }
}

async function findTarget(
  tx: Db,
  rule: Rule,
  targetVersion: string | null,
): Promise<ReleaseRef | null> {
  if (targetVersion === null) {
    return null;
  }
  const release = await findRelease(tx, imageKey(rule.hardware, rule.updateType), targetVersion);
  if (release === null) {
    throw new AppError("not_found", `Version ${targetVersion} was never imported for this phone.`);
  }
  const rejections = await findRejections(tx, imageKey(rule.hardware, rule.updateType));
  return markRelease({ releaseId: release.id, version: release.version }, rejections);
}

function store(tx: Db, rule: Rule, transition: ActionableTransition): Promise<boolean> {
  return transition.outcome === "removed"
    ? deleteRule(tx, rule)
    : replaceReleases(tx, rule, transition.after);
}

async function recordReview(
  tx: Db,
  context: UseCaseContext,
  review: {
    readonly rule: Rule;
    readonly transition: ActionableTransition;
    readonly input: ParsedReviewInput;
  },
): Promise<string> {
  const { rule, transition, input } = review;
  const change = {
    verb: VERB_BY_ACTION[input.action],
    before: rule,
    after: transition.outcome === "removed" ? null : transition.after,
    reason: input.reason,
  };
  const eventId = await insertEvent(tx, {
    ...change,
    rule,
    generation: rule.generation + 1,
    actorName: context.actor.name,
    requestId: context.requestId,
    undoesId: null,
    at: context.now,
  });
  await recordRejections(tx, { ...change, eventId, rule, undone: null });
  await notify(tx, RULES_CHANNEL);
  await recordReviewNotice(tx, context, { rule, change });
  const inSpiteOf = transition.outcome === "changed" ? transition.inSpiteOf : undefined;
  await recordAudit(tx, context, [ruleFact(rule, { ...change, inSpiteOf: inSpiteOf ?? null })]);
  return eventId;
}

async function reviewEach(
  rules: readonly SeenRule[],
  review: (seen: SeenRule) => Promise<RuleOutcome>,
): Promise<ReviewReport> {
  const changed: ReviewedRule[] = [];
  const skipped: SkippedRule[] = [];
  const failed: FailedRule[] = [];
  for (const seen of rules) {
    try {
      const result = await review(seen);
      if (result.outcome === "changed") {
        changed.push(result.rule);
      } else {
        skipped.push(result.rule);
      }
    } catch (error) {
      failed.push(await toFailedRule(seen, error));
    }
  }
  return { changed, skipped, failed };
}

/** Reports an AppError with its message. Logs any other error here, because the request continues. */
async function toFailedRule({ ruleId }: SeenRule, error: unknown): Promise<FailedRule> {
  const [rule] = await findRulesById(db, [ruleId]);
  const label = rule === undefined ? null : toLabel(rule);
  if (error instanceof AppError) {
    return { ruleId, label, code: error.code, message: error.message };
  }
  log().error({ err: error, ruleId }, "failed to review a rule");
  return { ruleId, label, code: "defect", message: "Something went wrong with this rule." };
}

function toRefusal(rejection: Rejection): string {
  return `${toRejectionText(rejection)}. To approve it all the same, say so: evenIfRejected, or --even-if-rejected on the command line.`;
}

function ruleHasChanged(): AppError {
  return new AppError("conflict", "This rule has changed in the meantime. Review it again.");
}
