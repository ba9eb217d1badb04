import "server-only";
import type { z } from "zod";
import { recordAudit } from "#lib/audit/server/record-audit";
import { AppError } from "#lib/core/errors";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import type { UserHome } from "#lib/homes/model";
import type { setUserHomeInput } from "#lib/homes/schema";
import { findUserHome, putUserHome } from "#lib/homes/server/store";
import { HOMES_CHANNEL } from "#lib/platform/db/channels";
import { inTransaction } from "#lib/platform/db/client";
import { notify } from "#lib/platform/db/listen";
import { findPoolByName } from "#lib/pools/server/find-pool-by-name";

/** Gives a user a home pool, or another one than before. */
export async function setUserHome(
  context: UseCaseContext,
  { sipAddress, poolFqdn, userName }: z.output<typeof setUserHomeInput>,
): Promise<UserHome> {
  requirePermission(context.actor, "pool:write");
  const { actor, now: updatedAt } = context;
  return inTransaction(async (tx) => {
    const pool = await findPoolByName(tx, poolFqdn);
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
