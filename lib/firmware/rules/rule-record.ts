import type { ContentProblem } from "#firmware/files/model";
import type { Rule } from "#firmware/rules/model";
import { ruleIdentity } from "#firmware/rules/model";
import type { RuleState } from "#firmware/rules/state";
import type { Rejection } from "#firmware/rules/rejection";
import { ruleState } from "#firmware/rules/state";
import type { Hardware } from "#foundation/core/hardware";
import { toHardware } from "#foundation/core/hardware";

/** A rule as scripts read it: flat, with the property names of the original in camel case. */
export type RuleRecord = Hardware & {
  readonly identity: string;
  readonly id: string;
  readonly pool: string;
  readonly updateType: string;
  readonly approvedVersion: string | null;
  readonly pendingVersion: string | null;
  readonly restoreVersion: string | null;
  readonly state: RuleState;
  /** Why phones cannot download one of its versions; null if they can download all of them. */
  readonly contentProblem: ContentProblem | null;
  /** The rejections in force of the versions that it holds, without duplicates. */
  readonly rejections: readonly Rejection[];
  /** A review that sends it back fails if the rule has changed since it was read. */
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
    rejections: rejectionsOf(rule),
    generation: rule.generation,
    importedAt: rule.importedAt.toISOString(),
    importedBy: rule.importedBy,
  };
}

function contentProblemOf({ approved, pending, restore }: Rule): ContentProblem | null {
  return approved?.problem ?? pending?.problem ?? restore?.problem ?? null;
}

/** The rejections in force of the versions that a rule holds: approved, pending, restore. */
export function rejectionsOf({ approved, pending, restore }: Rule): readonly Rejection[] {
  const found = [approved, pending, restore].flatMap((ref) => ref?.rejection ?? []);
  return [...new Map(found.map((rejection) => [rejection.version, rejection])).values()];
}
