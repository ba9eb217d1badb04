import "server-only";
import { countConflicts } from "#fleet/devices/server/count-conflicts";
import { countAskingImports } from "#firmware/imports/server/count-asking-imports";
import { countPendingRules } from "#firmware/rules/server/count-pending-rules";
import { may, requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { countFailingCaptures } from "#phones/captures/server/count-failing-captures";
import { countHaltedRollOuts } from "#phones/roll-outs/server/count-halted-roll-outs";
import type { WaitingCounts } from "#phones/statistics/waiting";

/** Counts what waits for a decision, as far as the actor may see it. */
export async function countWaiting(context: UseCaseContext): Promise<WaitingCounts> {
  requirePermission(context.actor, "rule:read");
  const [pendingUpdates, askingImports, haltedRollOuts, conflicts, captures] = await Promise.all([
    countPendingRules(context),
    may(context.actor, "import:read") ? countAskingImports(context) : null,
    countHaltedRollOuts(context),
    may(context.actor, "device:read") ? countConflicts(context) : null,
    may(context.actor, "capture:read") ? countFailingCaptures(context) : null,
  ]);
  return { pendingUpdates, askingImports, haltedRollOuts, conflicts, captures };
}
