import "server-only";
import type { z } from "zod";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { removeUserHomesInput } from "#phones/home-pools/schema";
import { deleteUserHomes, findUserHomes } from "#phones/home-pools/server/store";
import { HOMES_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";

/**
 * Removes the pools that were assigned to users: their SIP domain decides again, or the default pool. Returns the
 * number of removed assignments.
 */
export async function removeUserHomes(
  context: UseCaseContext,
  { sipAddresses }: z.output<typeof removeUserHomesInput>,
): Promise<{ readonly removed: number }> {
  requirePermission(context.actor, "pool:write");
  return inTransaction(async (tx) => {
    const homes = await findUserHomes(tx, sipAddresses);
    await deleteUserHomes(
      tx,
      homes.map(({ sipAddress }) => sipAddress),
    );
    await notify(tx, HOMES_CHANNEL);
    await recordAudit(
      tx,
      context,
      homes.map(({ sipAddress, poolFqdn }) => ({
        action: "user_home.removed" as const,
        subject: { kind: "user_home" as const, id: sipAddress, name: sipAddress },
        facts: { pool: poolFqdn },
      })),
    );
    return { removed: homes.length };
  });
}
