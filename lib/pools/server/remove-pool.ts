import "server-only";

import type { RemovePoolInput } from "#lib/pools/schema";
import { deletePool, findPoolById } from "#lib/pools/server/store";
import { recordAudit } from "#lib/audit/server/record-audit";
import { AppError } from "#lib/core/errors";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { RULES_CHANNEL } from "#lib/platform/db/channels";
import { inTransaction } from "#lib/platform/db/client";
import { notify } from "#lib/platform/db/listen";

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
