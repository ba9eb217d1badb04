import "server-only";

import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { RuleEvent } from "#firmware/rules/event";
import { findEventWithRule } from "#firmware/rules/server/event-store";

/** One line of some rule's history; null when there is none of that number. */
export async function findRuleEvent(
  context: UseCaseContext,
  eventId: string,
): Promise<RuleEvent | null> {
  requirePermission(context.actor, "rule:read");
  const found = await findEventWithRule(db, eventId);
  return found?.event ?? null;
}
