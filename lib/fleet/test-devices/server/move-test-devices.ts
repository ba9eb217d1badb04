import "server-only";
import type { DeviceIdentifier } from "#fleet/devices/identify";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import type { Db } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import {
  deleteTestDevices,
  findOverlap,
  findTestDevicesByMark,
  updateIdentifier,
} from "#fleet/test-devices/server/store";

type MarkMove = {
  /** Marks that no phone has any more. */
  readonly from: readonly DeviceIdentifier[];
  readonly to: DeviceIdentifier;
};

/**
 * Registers test devices by another mark of their phone; returns their number. One whose scope overlaps with that of a
 * test device with the new mark is removed, because the phone is one already. The caller checks the permission.
 */
export async function moveTestDevicesUnchecked(tx: Db, { from, to }: MarkMove): Promise<number> {
  const moved = await findTestDevicesByMark(tx, from);
  for (const device of moved) {
    const overlap = await findOverlap(tx, device, { marks: [to], exceptId: device.id });
    if (overlap === null) {
      await updateIdentifier(tx, device.id, to);
    } else {
      await deleteTestDevices(tx, [device.id]);
    }
  }
  if (moved.length > 0) {
    await notify(tx, RULES_CHANNEL);
  }
  return moved.length;
}

/** The number of test devices that are registered by one of these marks. The caller checks the permission. */
export async function countTestDevicesUnchecked(
  db: Db,
  marks: readonly DeviceIdentifier[],
): Promise<number> {
  return (await findTestDevicesByMark(db, marks)).length;
}
