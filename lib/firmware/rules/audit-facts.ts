import type { AuditAction, AuditFact, AuditValue } from "#foundation/audit/model";
import type { Rule, RuleReleases, RuleVerb } from "#firmware/rules/model";
import { ruleIdentity } from "#firmware/rules/model";
import type { Rejection } from "#firmware/rules/rejection";

const ACTION_BY_VERB = {
  imported: "rule.imported",
  approved: "rule.approved",
  reset: "rule.reset",
  restored: "rule.restored",
  removed: "rule.removed",
  undone: "rule.undone",
} as const satisfies Record<RuleVerb, AuditAction>;

/** The audit fact of a rule change: the rule, and its versions before and after. */
export function ruleFact(
  rule: Rule,
  change: {
    readonly verb: RuleVerb;
    readonly before: RuleReleases | null;
    readonly after: RuleReleases | null;
    readonly reason: string;
    /** The rejection of the version that became approved; null without one. */
    readonly inSpiteOf: Rejection | null;
  },
): AuditFact {
  const { brand, model, revision, locale } = rule.hardware;
  return {
    action: ACTION_BY_VERB[change.verb],
    subject: {
      kind: "rule",
      id: rule.id,
      name: `${brand} ${model} ${revision} ${locale} ${rule.updateType}`,
    },
    facts: {
      identity: ruleIdentity(rule),
      ...versionFacts("Before", change.before),
      ...versionFacts("", change.after),
      ...(change.inSpiteOf === null ? {} : { inSpiteOf: toValue(change.inSpiteOf) }),
    },
    reason: change.reason,
  };
}

/** Names and numbers only, because the audit trail has no language. */
function toValue({ poolFqdn, rejectedBy, rejectedAt, reason }: Rejection): AuditValue {
  const facts = [poolFqdn, rejectedBy, rejectedAt.toISOString()];
  return reason === "" ? facts : [...facts, reason];
}

function versionFacts(
  suffix: "Before" | "",
  releases: RuleReleases | null,
): Record<string, AuditValue> {
  return {
    [`approvedVersion${suffix}`]: releases?.approved?.version ?? null,
    [`pendingVersion${suffix}`]: releases?.pending?.version ?? null,
    [`restoreVersion${suffix}`]: releases?.restore?.version ?? null,
  };
}
