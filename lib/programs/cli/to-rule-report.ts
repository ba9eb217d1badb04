import type { NamedRule } from "#programs/cli/identity";
import type { FailedLine, RuleReport } from "#programs/cli/output/rule-report";
import type { SkipReason } from "#firmware/rules/apply-action";
import type { RuleAction } from "#firmware/rules/model";
import type { ReviewReport, RuleLabel } from "#firmware/rules/review";

const SKIP_MESSAGES = {
  nothing_pending: "nothing is pending",
  nothing_approved: "nothing is approved",
  already_that_version: "that version is approved already",
} as const satisfies Record<SkipReason, string>;

export type ReviewedAction = {
  readonly action: RuleAction;
  readonly isWhatIf: boolean;
  /** Named identities without a rule. */
  readonly missing: readonly NamedRule[];
};

/** Converts the result of a review to the report that the command line prints. */
export function toRuleReport(
  { changed, skipped, failed }: ReviewReport,
  { action, isWhatIf, missing }: ReviewedAction,
): RuleReport {
  return {
    action,
    isWhatIf,
    changed: changed.map((rule) => ({
      identity: rule.identity,
      id: rule.ruleId,
      name: ruleName(rule),
      before: rule.before,
      after: rule.after,
      isDowngrade: rule.isDowngrade,
      eventId: rule.eventId,
    })),
    skipped: skipped.map((rule) => ({
      identity: rule.identity,
      id: rule.ruleId,
      name: ruleName(rule),
      reason: rule.reason,
      message: SKIP_MESSAGES[rule.reason],
    })),
    failed: [
      ...failed.map((rule) => ({
        identity: rule.label?.identity ?? rule.ruleId,
        id: rule.ruleId,
        code: rule.code,
        message: rule.message,
      })),
      ...missing.map(noSuchRule),
    ],
  };
}

export function noSuchRule({ identity, ruleId }: NamedRule): FailedLine {
  return { identity, id: ruleId, code: "not_found", message: "There is no such rule." };
}

export function ruleName({
  hardware,
  updateType,
}: Pick<RuleLabel, "hardware" | "updateType">): string {
  const { brand, model, revision, locale } = hardware;
  return [brand, model, revision, locale, updateType].join(" ");
}

/** Joins the reports of the parts of a selection. */
export function joinReports(reports: readonly ReviewReport[]): ReviewReport {
  return {
    changed: reports.flatMap(({ changed }) => changed),
    skipped: reports.flatMap(({ skipped }) => skipped),
    failed: reports.flatMap(({ failed }) => failed),
  };
}
