import "server-only";

import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { db } from "#lib/platform/db/client";
import type { RuleEvent } from "#lib/rules/event";
import { findEventWithRule } from "#lib/rules/server/event-store";

/** One line of some rule's history; null when there is none of that number. */
export async function findRuleEvent(
  context: UseCaseContext,
  eventId: string,
): Promise<RuleEvent | null> {
  requirePermission(context.actor, "rule:read");
  const found = await findEventWithRule(db, eventId);
  return found?.event ?? null;
}
