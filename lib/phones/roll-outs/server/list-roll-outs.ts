import "server-only";
import type { Paged } from "#foundation/core/paging";
import { PAGE_SIZE, findPage } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { requireKnownPoolsUnchecked } from "#fleet/pools/server/known-pools";
import type { RollOutSummary } from "#phones/roll-outs/model";
import type { RollOutSearch } from "#phones/roll-outs/search-params";
import { searchRollOuts } from "#phones/roll-outs/server/store";
import { summarizeRollOuts } from "#phones/roll-outs/server/summarize-roll-outs";

/** One page of roll-outs, those under way first. A page number beyond the end returns the last page. */
export async function listRollOuts(
  context: UseCaseContext,
  { page, ...filter }: RollOutSearch,
  { size = PAGE_SIZE }: { readonly size?: number } = {},
): Promise<Paged<{ readonly rollOuts: readonly RollOutSummary[] }>> {
  requirePermission(context.actor, "rule:read");
  await requireKnownPoolsUnchecked(filter.pool);
  const found = await findPage(page, size, (window) => searchRollOuts(db, filter, window));
  return { ...found, rollOuts: await summarizeRollOuts(db, found.rollOuts, context.now) };
}
