import type { Rule, RuleReleases, RuleVerb } from "#firmware/rules/model";
import type { NoticeContent, ReviewedRuleFact } from "#foundation/notices/schema";

/** A decision about a rule, as its event stores it. */
export type RuleChange = {
  readonly verb: RuleVerb;
  readonly before: RuleReleases | null;
  readonly after: RuleReleases | null;
  readonly reason: string;
};

/**
 * What people are told about a decision; null if nothing. Everything that changes the approved version without being an
 * approval counts as a restore: phones go back, or get nothing.
 */
export function toReviewNotice(rule: Rule, change: RuleChange, by: string): NoticeContent | null {
  const { verb, before, after, reason } = change;
  const approved = { from: approvedVersion(before), to: approvedVersion(after) };
  const facts = (versions: Versions) => {
    const rules = [toRuleFact(rule, versions)];
    return { by, reason, count: 1, rules };
  };
  if (verb === "approved") {
    return { kind: "approval", facts: facts(approved) };
  }
  if (verb === "reset") {
    return {
      kind: "rejection",
      facts: facts({ from: before?.pending?.version ?? null, to: null }),
    };
  }
  return approved.from === approved.to ? null : { kind: "restore", facts: facts(approved) };
}

type Versions = Pick<ReviewedRuleFact, "from" | "to">;

function approvedVersion(releases: RuleReleases | null): string | null {
  return releases?.approved?.version ?? null;
}

function toRuleFact(
  { id, hardware, updateType, poolFqdn }: Rule,
  versions: Versions,
): ReviewedRuleFact {
  const { brand, model } = hardware;
  return { ruleId: id, brand, model, updateType, pool: poolFqdn, ...versions };
}
