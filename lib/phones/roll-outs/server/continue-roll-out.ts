import "server-only";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import { rollOutFact } from "#phones/roll-outs/audit-facts";
import type { ContinueRollOutInput } from "#phones/roll-outs/schema";
import { insertRollOutEvent, releaseRollOut } from "#phones/roll-outs/server/brake-store";
import { findRollOutById } from "#phones/roll-outs/server/store";

/**
 * Continues a roll-out that the brake halted. From then on, the brake counts only phones that download the version
 * later. Throws `invalid_state` if it is not halted.
 */
export async function continueRollOut(
  context: UseCaseContext,
  { rollOutId, reason }: ContinueRollOutInput,
): Promise<void> {
  requirePermission(context.actor, "rule:review");
  await inTransaction(async (tx) => {
    const rollOut = await findRollOutById(tx, rollOutId);
    if (rollOut === null) {
      throw new AppError("not_found", "There is no such roll-out.");
    }
    if (!(await releaseRollOut(tx, rollOutId, context.now))) {
      throw new AppError("invalid_state", "This roll-out is not halted.");
    }
    await insertRollOutEvent(tx, {
      rollOutId,
      at: context.now,
      kind: "continued",
      actorName: context.actor.name,
      reason,
      figures: null,
    });
    await notify(tx, RULES_CHANNEL);
    await recordAudit(tx, context, [
      rollOutFact(rollOut, { action: "roll_out.continued", figures: null, reason }),
    ]);
  });
}
