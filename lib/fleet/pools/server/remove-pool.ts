import "server-only";

import type { RemovePoolInput } from "#fleet/pools/schema";
import { deletePool, findPoolById } from "#fleet/pools/server/store";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";

/** Removes a pool that has no rules and is not the default. */
export async function removePool(
  context: UseCaseContext,
  { poolId }: RemovePoolInput,
): Promise<void> {
  requirePermission(context.actor, "pool:write");
  await inTransaction(async (tx) => {
    const pool = await findPoolById(tx, poolId);
    if (pool === null) {
      throw new AppError("not_found", "This pool no longer exists.");
    }
    if (pool.isDefault) {
      throw new AppError("invalid_state", "Make another pool the default first.");
    }
    await deletePool(tx, pool);
    await notify(tx, RULES_CHANNEL);
    await recordAudit(tx, context, [
      {
        action: "pool.removed",
        subject: { kind: "pool", id: pool.id, name: pool.fqdn },
        facts: { site: pool.siteName },
      },
    ]);
  });
}
