import "server-only";

import { AppError } from "#foundation/core/errors";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { StartInput } from "#firmware/imports/schema";
import type { Pool } from "#fleet/pools/model";
import { listPools } from "#fleet/pools/server/list-pools";

/** The chosen pools, or all pools. Throws for a name that is not a pool. */
export async function choosePools(
  context: UseCaseContext,
  choice: StartInput["pools"],
): Promise<readonly Pool[]> {
  const pools = await listPools(context);
  if ("all" in choice) {
    if (pools.length === 0) {
      throw new AppError("invalid_state", "There is no pool to import into yet.", {
        reason: { code: "no_pools" },
      });
    }
    return pools;
  }
  const fqdns = new Set(choice.fqdns);
  const unknown = [...fqdns].find((fqdn) => !pools.some((pool) => pool.fqdn === fqdn));
  if (unknown !== undefined) {
    throw new AppError("invalid_input", `There is no pool named ${unknown}.`, {
      fields: [{ path: "pool", message: `There is no pool named ${unknown}.` }],
      reason: { code: "unknown_pool", fqdn: unknown },
    });
  }
  return pools.filter((pool) => fqdns.has(pool.fqdn));
}
