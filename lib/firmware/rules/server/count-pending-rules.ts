import "server-only";
import { countRules } from "#firmware/rules/server/store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

/** Counts the rules with a pending version. */
export async function countPendingRules(context: UseCaseContext): Promise<number> {
  requirePermission(context.actor, "rule:read");
  return countRules(db, "pending");
}
