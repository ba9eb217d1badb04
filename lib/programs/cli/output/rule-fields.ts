import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import type { RuleEvent } from "#firmware/rules/event";
import type { Rule, RuleReleases } from "#firmware/rules/model";
import { ruleIdentity } from "#firmware/rules/model";
import { toRejectionText } from "#firmware/rules/rejection";
import { rejectionsOf } from "#firmware/rules/rule-record";
import { ruleState } from "#firmware/rules/state";

/** The original's eleven properties in the original's order, then the new ones. */
export const RULE_FIELDS: readonly Field<Rule>[] = [
  column("Identity", ruleIdentity),
  detail("Id", (rule) => rule.id),
  detail("DeviceType", (rule) => rule.hardware.deviceType),
  column("Brand", (rule) => rule.hardware.brand),
  column("Model", (rule) => rule.hardware.model),
  column("Revision", (rule) => rule.hardware.revision),
  column("Locale", (rule) => rule.hardware.locale),
  column("UpdateType", (rule) => rule.updateType),
  column("ApprovedVersion", (rule) => rule.approved?.version ?? null),
  detail("RestoreVersion", (rule) => rule.restore?.version ?? null),
  column("PendingVersion", (rule) => rule.pending?.version ?? null),
  detail("Pool", (rule) => rule.poolFqdn),
  detail("State", ruleState),
  detail("Rejections", (rule) => rejectionsOf(rule).map(toRejectionText)),
  detail("Generation", (rule) => rule.generation),
  detail("ImportedAt", (rule) => rule.importedAt),
  detail("ImportedBy", (rule) => rule.importedBy),
];

export const RULE_EVENT_FIELDS: readonly Field<RuleEvent>[] = [
  column("EventId", (event) => event.id),
  column("At", (event) => event.at),
  column("Verb", (event) => event.verb),
  column("Before", (event) => eventText(event.before)),
  column("After", (event) => eventText(event.after)),
  column("By", (event) => event.actorName),
  column("Reason", (event) => event.reason),
  detail("Identity", (event) => event.identity),
  detail("UndoesEventId", (event) => event.undoesId),
];

function eventText(releases: RuleReleases | null): string {
  if (releases === null) {
    return "no rule";
  }
  const parts = [
    ["approved", releases.approved],
    ["pending", releases.pending],
    ["restore", releases.restore],
  ] as const;
  const held = parts.flatMap(([name, ref]) => (ref === null ? [] : [`${name} ${ref.version}`]));
  return held.length === 0 ? "nothing" : held.join(", ");
}
