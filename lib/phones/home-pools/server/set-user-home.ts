import "server-only";
import type { z } from "zod";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { UserHome } from "#phones/home-pools/model";
import type { setUserHomeInput } from "#phones/home-pools/schema";
import { findUserHome, putUserHome } from "#phones/home-pools/server/store";
import { HOMES_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import { findPoolByNameUnchecked } from "#fleet/pools/server/find-pool-by-name";

/** Assigns a home pool to a user, or changes it. */
export async function setUserHome(
  context: UseCaseContext,
  { sipAddress, poolFqdn, userName }: z.output<typeof setUserHomeInput>,
): Promise<UserHome> {
  requirePermission(context.actor, "pool:write");
  const { actor, now: updatedAt } = context;
  return inTransaction(async (tx) => {
    const pool = await findPoolByNameUnchecked(tx, poolFqdn);
    if (pool === null) {
      throw new AppError("not_found", `There is no pool ${poolFqdn}.`);
    }
    const before = await findUserHome(tx, sipAddress);
    const changed = { sipAddress, poolId: pool.id, userName, updatedAt, updatedBy: actor.name };
    await putUserHome(tx, changed);
    await notify(tx, HOMES_CHANNEL);
    await recordAudit(tx, context, [
      {
        action: "user_home.set",
        subject: { kind: "user_home", id: sipAddress, name: sipAddress },
        facts: { poolBefore: before?.poolFqdn ?? null, pool: pool.fqdn, userName },
      },
    ]);
    return { ...changed, poolFqdn: pool.fqdn };
  });
}
