import "server-only";

import { imageKey } from "#foundation/core/hardware";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { RuleEvent } from "#firmware/rules/event";
import type { Rule } from "#firmware/rules/model";
import type { PastRejection } from "#firmware/rules/rejection";
import type { Release } from "#firmware/rules/release";
import { findEvents } from "#firmware/rules/server/event-store";
import { findPastRejections } from "#firmware/rules/server/rejection-store";
import { findReleases } from "#firmware/rules/server/release-store";
import { findRule } from "#firmware/rules/server/store";

/** The number of events on a rule's page. The audit trail has all of them. */
const MAX_EVENTS = 200;

export type RuleDetails = {
  readonly rule: Rule;
  /** All versions imported for this phone, newest first. */
  readonly releases: readonly Release[];
  /** Newest first. */
  readonly events: readonly RuleEvent[];
  /** The rejections of these versions in all pools, newest first, also those that have ended. */
  readonly rejections: readonly PastRejection[];
};

/** A rule with its releases and its history; null if it does not exist. */
export async function findRuleDetails(
  context: UseCaseContext,
  ruleId: string,
): Promise<RuleDetails | null> {
  requirePermission(context.actor, "rule:read");
  const rule = await findRule(db, ruleId);
  if (rule === null) {
    return null;
  }
  const [releases, events, rejections] = await Promise.all([
    findReleases(db, imageKey(rule.hardware, rule.updateType)),
    findEvents(db, ruleId, MAX_EVENTS),
    findPastRejections(db, imageKey(rule.hardware, rule.updateType)),
  ]);
  return { rule, releases, events, rejections };
}
