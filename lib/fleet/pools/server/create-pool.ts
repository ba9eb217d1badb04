import "server-only";

import { DEFAULT_BRAKE, withBrake } from "#fleet/pools/brake";
import type { Pool } from "#fleet/pools/model";
import type { CreatePoolInput } from "#fleet/pools/schema";
import { clearDefault, findPools, insertPool, requireSite } from "#fleet/pools/server/store";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";

/** Adds a pool; the first one becomes the default. Throws `conflict` if the name is taken. */
export async function createPool(context: UseCaseContext, input: CreatePoolInput): Promise<Pool> {
  requirePermission(context.actor, "pool:write");
  return inTransaction(async (tx) => {
    const isDefault = input.isDefault || (await findPools(tx)).length === 0;
    if (isDefault) {
      await clearDefault(tx);
    }
    const siteId = await requireSite(tx, input.siteName);
    const pool = await insertPool(tx, {
      fqdn: input.fqdn,
      siteId,
      internalBaseUrl: input.internalBaseUrl,
      externalBaseUrl: input.externalBaseUrl,
      sipDomains: input.sipDomains,
      isDefault,
      ...withBrake(DEFAULT_BRAKE, input),
    });
    await notify(tx, RULES_CHANNEL);
    await recordAudit(tx, context, [
      {
        action: "pool.created",
        subject: { kind: "pool", id: pool.id, name: pool.fqdn },
        facts: {
          site: pool.siteName,
          internalBaseUrl: pool.internalBaseUrl,
          externalBaseUrl: pool.externalBaseUrl,
          isDefault,
        },
      },
    ]);
    return pool;
  });
}
