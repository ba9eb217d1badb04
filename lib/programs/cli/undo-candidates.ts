import type { NamedRule } from "#programs/cli/identity";
import { parseRuleIdentity } from "#programs/cli/identity";
import type { ChangedLine, FailedLine, SkippedLine } from "#programs/cli/output/rule-report";
import type { Selection } from "#programs/cli/select-rules";
import { isSelective, selectRules } from "#programs/cli/select-rules";
import type { Session } from "#programs/cli/session";
import { noSuchRule, ruleName } from "#programs/cli/to-rule-report";
import { isDowngrade } from "#foundation/core/version";
import type { RuleEvent } from "#firmware/rules/event";
import { isUndoable } from "#firmware/rules/event";
import type { Rule } from "#firmware/rules/model";
import { toVersions } from "#firmware/rules/review";
import { findRuleEvent } from "#firmware/rules/server/find-rule-event";
import { listAllRules } from "#firmware/rules/server/list-all-rules";
import { listRuleEvents } from "#firmware/rules/server/list-rule-events";

/** An event that can be undone, and its line in the report. */
export type UndoCandidate = { readonly eventId: string; readonly line: ChangedLine };

export type UndoCandidates = {
  readonly undoable: readonly UndoCandidate[];
  readonly skipped: readonly SkippedLine[];
  readonly failed: readonly FailedLine[];
};

/** An event with its current rule; null if the rule was removed. */
type EventWithRule = { readonly event: RuleEvent; readonly rule: Rule | null };

/** Finds the named events, and the last event of each selected rule. */
export async function findUndoCandidates(
  session: Session,
  selection: Selection & { readonly event: readonly string[] },
): Promise<UndoCandidates> {
  const found = [
    ...(await findNamedEvents(session, selection.event)),
    ...(isSelective(selection) ? await findLastEvents(session, selection) : []),
  ];
  const occasions = found.filter((item) => "event" in item);
  return {
    undoable: occasions.filter(({ event, rule }) => isUndoable(event, rule)).map(toCandidate),
    skipped: occasions.filter(({ event, rule }) => !isUndoable(event, rule)).map(toSkippedLine),
    failed: found.filter((item) => "code" in item),
  };
}

async function findNamedEvents(
  session: Session,
  eventIds: readonly string[],
): Promise<readonly (EventWithRule | FailedLine)[]> {
  if (eventIds.length === 0) {
    return [];
  }
  const rules = new Map((await listAllRules(session.context())).map((rule) => [rule.id, rule]));
  return Promise.all(
    eventIds.map(async (eventId) => {
      const event = await findRuleEvent(session.context(), eventId);
      return event === null
        ? noSuchEvent(eventId)
        : { event, rule: rules.get(event.ruleId) ?? null };
    }),
  );
}

async function findLastEvents(
  session: Session,
  selection: Selection,
): Promise<readonly (EventWithRule | FailedLine)[]> {
  const { rules, missing } = await selectRules(session, selection);
  const found: (EventWithRule | FailedLine)[] = [];
  for (const rule of rules) {
    const [event] = await listRuleEvents(session.context(), rule.id);
    found.push(event === undefined ? noSuchRule(toName(rule)) : { event, rule });
  }
  // A removed rule can be restored if its events have this identity.
  for (const named of missing) {
    const [event] = await listRuleEvents(session.context(), named.ruleId);
    const isKnown = event?.verb === "removed" && isOfPool(event, named.poolFqdn);
    found.push(isKnown ? { event, rule: null } : noSuchRule(named));
  }
  return found;
}

function toName({ id }: Rule): NamedRule {
  return { identity: id, ruleId: id, poolFqdn: null };
}

function isOfPool({ identity }: RuleEvent, poolFqdn: string | null): boolean {
  return poolFqdn === null || parseRuleIdentity(identity).poolFqdn === poolFqdn;
}

function noSuchEvent(eventId: string): FailedLine {
  return {
    identity: `event ${eventId}`,
    id: eventId,
    code: "not_found",
    message: "There is no such event.",
  };
}

function toCandidate({ event, rule }: EventWithRule): UndoCandidate {
  const before = event.after && toVersions(event.after);
  const after = event.before && toVersions(event.before);
  return {
    eventId: event.id,
    line: {
      identity: event.identity,
      id: event.ruleId,
      name: nameOf(rule),
      before,
      after,
      isDowngrade: isDowngrade(before?.approvedVersion ?? null, after?.approvedVersion ?? null),
      eventId: null,
    },
  };
}

function toSkippedLine({ event, rule }: EventWithRule): SkippedLine {
  return {
    identity: event.identity,
    id: event.ruleId,
    name: nameOf(rule),
    reason: "nothing_to_undo",
    message: `event ${event.id} (${event.verb}) cannot be undone, or something happened since`,
  };
}

function nameOf(rule: Rule | null): string {
  return rule === null ? "removed rule" : ruleName(rule);
}
