import type { ContentProblem } from "#firmware/files/model";
import type { Rule } from "#firmware/rules/model";
import { ruleIdentity } from "#firmware/rules/model";
import type { RuleState } from "#firmware/rules/state";
import { ruleState } from "#firmware/rules/state";
import type { Hardware } from "#foundation/core/hardware";
import { toHardware } from "#foundation/core/hardware";

/** A rule as scripts read it: flat, with the names of the original's properties in our case. */
export type RuleRecord = Hardware & {
  readonly identity: string;
  readonly id: string;
  readonly pool: string;
  readonly updateType: string;
  readonly approvedVersion: string | null;
  readonly pendingVersion: string | null;
  readonly restoreVersion: string | null;
  readonly state: RuleState;
  /** Why phones cannot load one of its versions; null while they can load all of them. */
  readonly contentProblem: ContentProblem | null;
  /** Sent back with a review, it makes sure that the rule is still what was read. */
  readonly generation: number;
  readonly importedAt: string;
  readonly importedBy: string;
};

export function toRuleRecord(rule: Rule): RuleRecord {
  return {
    identity: ruleIdentity(rule),
    id: rule.id,
    pool: rule.poolFqdn,
    ...toHardware(rule.hardware),
    updateType: rule.updateType,
    approvedVersion: rule.approved?.version ?? null,
    pendingVersion: rule.pending?.version ?? null,
    restoreVersion: rule.restore?.version ?? null,
    state: ruleState(rule),
    contentProblem: contentProblemOf(rule),
    generation: rule.generation,
    importedAt: rule.importedAt.toISOString(),
    importedBy: rule.importedBy,
  };
}

function contentProblemOf({ approved, pending, restore }: Rule): ContentProblem | null {
  return approved?.problem ?? pending?.problem ?? restore?.problem ?? null;
}
