import "server-only";

import { imageKey } from "#foundation/core/hardware";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { RuleEvent } from "#firmware/rules/event";
import type { Rule } from "#firmware/rules/model";
import type { Release } from "#firmware/rules/release";
import { findEvents } from "#firmware/rules/server/event-store";
import { findReleases } from "#firmware/rules/server/release-store";
import { findRule } from "#firmware/rules/server/store";

/** Events shown on a rule's page; the audit has them all. */
const MOST_EVENTS = 200;

export type RuleDetails = {
  readonly rule: Rule;
  /** Every version that was ever imported for this phone, newest first. */
  readonly releases: readonly Release[];
  /** Newest first. */
  readonly events: readonly RuleEvent[];
};

/** A rule with its releases and its history; null when it does not exist. */
export async function findRuleDetails(
  context: UseCaseContext,
  ruleId: string,
): Promise<RuleDetails | null> {
  requirePermission(context.actor, "rule:read");
  const rule = await findRule(db, ruleId);
  if (rule === null) {
    return null;
  }
  const [releases, events] = await Promise.all([
    findReleases(db, imageKey(rule.hardware, rule.updateType)),
    findEvents(db, ruleId, MOST_EVENTS),
  ]);
  return { rule, releases, events };
}
