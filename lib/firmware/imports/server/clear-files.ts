import "server-only";

import type { UseCaseContext } from "#foundation/core/use-case-context";
import { requirePermission } from "#foundation/core/permissions";
import { collectUnreferenced } from "#firmware/files/server/collect-unreferenced";
import { listImports } from "#firmware/imports/server/list-imports";
import { clearReleases } from "#firmware/rules/server/clear-releases";
import type { UnreferencedRelease } from "#firmware/rules/release";
import { DAY_MS } from "#foundation/core/time";

export type ClearedFiles = {
  readonly releases: readonly UnreferencedRelease[];
  /** The number of files that were removed from the store. */
  readonly removedFiles: number;
  /** Whether an import is storing content, so that a later call must remove the cleared content. */
  readonly isPostponed: boolean;
};

const STEP_MS = 1_000;

/** Deletes the releases that no rule holds, and the content that only they referenced. */
export async function clearFiles(context: UseCaseContext): Promise<ClearedFiles> {
  requirePermission(context.actor, "rule:remove");
  const releases = await clearReleases(context);
  const markedAt = context.now.getTime();
  const removedBefore = await collectUnreferenced(context.now, 1);
  if (await isApplying(context)) {
    return { releases, removedFiles: removedBefore, isPostponed: true };
  }
  /*
   * An import holds content while it is `applying` and commits the references later. No import is `applying` now, so
   * content that was marked above and is still marked belongs to no import: a later import unmarks the content that it
   * holds. The second call removes only content that the first call marked, not content that it marks itself.
   */
  const removedNow = await collectUnreferenced(new Date(markedAt + 2 * STEP_MS), STEP_MS / DAY_MS);
  return { releases, removedFiles: removedBefore + removedNow, isPostponed: false };
}

async function isApplying(context: UseCaseContext): Promise<boolean> {
  const { total } = await listImports(context, {
    q: "",
    state: ["applying"],
    sort: "createdAt",
    order: "desc",
    page: 1,
  });
  return total > 0;
}
