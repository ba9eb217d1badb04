import "server-only";

import type { UseCaseContext } from "#foundation/core/use-case-context";
import { requirePermission } from "#foundation/core/permissions";
import { collectUnreferenced } from "#firmware/files/server/collect-unreferenced";
import { listImports } from "#firmware/imports/server/list-imports";
import { clearReleases } from "#firmware/rules/server/clear-releases";
import type { UnreferencedRelease } from "#firmware/rules/release";
import { DAY_MS } from "#foundation/core/day";

export type ClearedFiles = {
  readonly releases: readonly UnreferencedRelease[];
  /** How many files the store no longer holds. */
  readonly removedFiles: number;
  /** An import is just putting content in place, so what was cleared now is removed by a later call. */
  readonly isPostponed: boolean;
};

const STEP_MS = 1_000;

/** Deletes the releases that no rule holds any more, and the content that only they referred to. */
export async function clearFiles(context: UseCaseContext): Promise<ClearedFiles> {
  requirePermission(context.actor, "rule:remove");
  const releases = await clearReleases(context);
  const markedAt = context.now.getTime();
  const removedBefore = await collectUnreferenced(context.now, 1);
  if (await isApplying(context)) {
    return { releases, removedFiles: removedBefore, isPostponed: true };
  }
  /*
   * An import takes content in hand while it is `applying`, and commits what refers to it later. Whatever
   * was marked above and is held by nobody now is nobody's: an import that comes after the marking unmarks
   * what it takes. So only what was marked then may go, and not what this second call marks.
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
