import "server-only";

import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { RuleEvent } from "#firmware/rules/event";
import { findEvents } from "#firmware/rules/server/event-store";

const MAX_EVENTS = 1_000;

/** The history of a rule, newest first. Also works for a removed rule. */
export async function listRuleEvents(
  context: UseCaseContext,
  ruleId: string,
): Promise<readonly RuleEvent[]> {
  requirePermission(context.actor, "rule:read");
  return findEvents(db, ruleId, MAX_EVENTS);
}
