import "server-only";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { capturesRemoved } from "#phones/captures/audit-facts";
import type { RemoveCapturesInput } from "#phones/captures/schema";
import { deleteCaptures, deleteEveryCapture } from "#phones/captures/server/store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";

/** Removes some or all captured requests; missing ones are not an error. */
export async function removeCaptures(
  context: UseCaseContext,
  input: RemoveCapturesInput,
): Promise<{ readonly removed: number }> {
  requirePermission(context.actor, "settings:write");
  return inTransaction(async (tx) => {
    const removed =
      "captureIds" in input
        ? await deleteCaptures(tx, input.captureIds)
        : await deleteEveryCapture(tx);
    await recordAudit(tx, context, removed === 0 ? [] : [capturesRemoved(removed)]);
    return { removed };
  });
}
