import "server-only";

import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { RuleEvent } from "#firmware/rules/event";
import { findEventWithRule } from "#firmware/rules/server/event-store";

/** An event of any rule by its number; null if it does not exist. */
export async function findRuleEvent(
  context: UseCaseContext,
  eventId: string,
): Promise<RuleEvent | null> {
  requirePermission(context.actor, "rule:read");
  const found = await findEventWithRule(db, eventId);
  return found?.event ?? null;
}
