import "server-only";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Db } from "#foundation/platform/db/client";
import { phoneName } from "#fleet/devices/audit-facts";
import type { MergeableDevice } from "#fleet/devices/server/merge-store";
import {
  findMergeableDevices,
  lockMergeableDevices,
  mergeDevices,
} from "#fleet/devices/server/merge-store";

export type { MergeableDevice } from "#fleet/devices/server/merge-store";

/** Two rows of the inventory; `lock` holds them until the transaction ends. The caller checks the permission. */
export async function findMergeableUnchecked(
  tx: Db,
  ids: readonly string[],
  { lock }: { readonly lock: boolean },
): Promise<readonly MergeableDevice[]> {
  return lock ? lockMergeableDevices(tx, ids) : findMergeableDevices(tx, ids);
}

/** Merges one locked row into another. The caller checks the permission, and moves what other domains know of it. */
export async function mergeInventoryUnchecked(
  tx: Db,
  { actor, now: at }: UseCaseContext,
  rows: {
    readonly kept: MergeableDevice;
    readonly merged: MergeableDevice;
    readonly reason: string;
  },
): Promise<void> {
  const { kept, merged, reason } = rows;
  const mergedFrom = phoneName(merged);
  const event = { at, actorName: actor.name, reason, mergedFrom };
  await mergeDevices(tx, { keptId: kept.id, mergedId: merged.id }, event);
}
