import "server-only";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Db } from "#foundation/platform/db/client";
import { db, inTransaction } from "#foundation/platform/db/client";
import { phoneName } from "#fleet/devices/audit-facts";
import type { DeviceIdentifier } from "#fleet/devices/identify";
import { identifiersOf, preferredIdentifier } from "#fleet/devices/identify";
import type { MergeableDevice } from "#fleet/devices/server/merge-inventory";
import {
  findMergeableUnchecked,
  mergeInventoryUnchecked,
} from "#fleet/devices/server/merge-inventory";
import {
  countTestDevicesUnchecked,
  moveTestDevicesUnchecked,
} from "#fleet/test-devices/server/move-test-devices";
import { countSendersUnchecked, moveChecksUnchecked } from "#phones/check-log/server/move-checks";
import { countLogsUnchecked, moveLogsUnchecked } from "#phones/device-logs/server/move-logs";
import { moveRollOutsUnchecked } from "#phones/roll-outs/server/move-roll-outs";
import type { MergeObstacle } from "#phones/merges/decide-merge";
import { decideMerge } from "#phones/merges/decide-merge";
import type { MergePreview, MergeReport, MovedFacts } from "#phones/merges/model";
import type { ParsedMergeInput, PreviewMergeInput } from "#phones/merges/schema";

/** What a merge of two rows would do, or why they cannot be merged. Throws `not_found` if a row no longer exists. */
export async function previewMerge(
  context: UseCaseContext,
  { deviceIds }: PreviewMergeInput,
): Promise<MergePreview> {
  requirePermission(context.actor, "device:read");
  const { kept, merged, obstacle } = await findRows(db, deviceIds, { lock: false });
  const [senders, logs, testDevices] = await Promise.all([
    countSendersUnchecked(db, merged.deviceKey),
    countLogsUnchecked(db, merged.deviceKey),
    countTestDevicesUnchecked(db, lostMarks(kept, merged)),
  ]);
  return { kept, merged, obstacle, moved: { senders, logs, testDevices } };
}

/**
 * Merges two rows of the inventory that are one phone: checks, logs, history, test devices and suspended offers of one row
 * go to the other. Throws `invalid_state` if they cannot be merged, and `conflict` if another row than the previewed one
 * would stay.
 */
export async function mergePhones(
  context: UseCaseContext,
  { deviceIds, keptId, reason }: ParsedMergeInput,
): Promise<MergeReport> {
  requirePermission(context.actor, "device:write");
  return inTransaction(async (tx) => {
    const { kept, merged, obstacle } = await findRows(tx, deviceIds, { lock: true });
    if (obstacle !== null) {
      throw new AppError("invalid_state", "These two rows are not one phone.", {
        reason: { code: obstacle },
      });
    }
    if (keptId !== null && kept.id !== keptId) {
      throw new AppError("conflict", "A phone has checked since; look at the preview again.");
    }
    const moved = await moveFacts(tx, kept, merged);
    await mergeInventoryUnchecked(tx, context, { kept, merged, reason });
    await recordAudit(tx, context, [
      {
        action: "device.merged",
        subject: { kind: "device", id: kept.id, name: phoneName(kept) },
        facts: { mergedFrom: phoneName(merged), ...moved },
        reason,
      },
    ]);
    return { keptId: kept.id, moved };
  });
}

async function moveFacts(
  tx: Db,
  kept: MergeableDevice,
  merged: MergeableDevice,
): Promise<MovedFacts> {
  const move = { from: merged.deviceKey, to: kept.deviceKey };
  const mark = preferredIdentifier(kept);
  const senders = await moveChecksUnchecked(tx, move);
  const logs = await moveLogsUnchecked(tx, move);
  await moveRollOutsUnchecked(tx, { from: merged.id, to: kept.id });
  const testDevices =
    mark === null
      ? 0
      : await moveTestDevicesUnchecked(tx, { from: lostMarks(kept, merged), to: mark });
  return { senders, logs, testDevices };
}

/** The marks of the merged row that the kept row does not have. */
function lostMarks(kept: MergeableDevice, merged: MergeableDevice): readonly DeviceIdentifier[] {
  const own = new Set(identifiersOf(kept).map(toKey));
  return identifiersOf(merged).filter((mark) => !own.has(toKey(mark)));
}

function toKey({ identifierType, identifier }: DeviceIdentifier): string {
  return `${identifierType} ${identifier.toLowerCase()}`;
}

type Rows = {
  readonly kept: MergeableDevice;
  readonly merged: MergeableDevice;
  readonly obstacle: MergeObstacle | null;
};

async function findRows(
  tx: Db,
  [oneId, otherId]: readonly [string, string],
  options: { readonly lock: boolean },
): Promise<Rows> {
  const found = await findMergeableUnchecked(tx, [oneId, otherId], options);
  const one = found.find(({ id }) => id === oneId);
  const other = found.find(({ id }) => id === otherId);
  if (one === undefined || other === undefined) {
    throw new AppError("not_found", "One of these phones no longer exists.");
  }
  const { keptId, obstacle } = decideMerge(one, other);
  return keptId === one.id
    ? { kept: one, merged: other, obstacle }
    : { kept: other, merged: one, obstacle };
}
