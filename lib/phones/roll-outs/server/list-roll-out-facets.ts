import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { findRollOutFacets } from "#phones/roll-outs/server/store";

/** The pools and models that roll-outs can be filtered by. */
export async function listRollOutFacets(
  context: UseCaseContext,
): Promise<{ readonly pools: readonly string[]; readonly models: readonly string[] }> {
  requirePermission(context.actor, "rule:read");
  return findRollOutFacets(db);
}
