import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { countHalted } from "#phones/roll-outs/server/store";

/** Counts the roll-outs that the brake halted: each waits for a person to continue it or to go back. */
export async function countHaltedRollOuts(context: UseCaseContext): Promise<number> {
  requirePermission(context.actor, "rule:read");
  return countHalted(db);
}
