import "server-only";

import { recordAudit } from "#foundation/audit/server/record-audit";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";
import { testDeviceFact } from "#fleet/test-devices/audit-facts";
import type { RemoveTestDevicesInput } from "#fleet/test-devices/schema";
import { deleteTestDevices, findTestDevices } from "#fleet/test-devices/server/store";

/** Removes test devices; the phones keep working and are offered the approved version at their next check. */
export async function removeTestDevices(
  context: UseCaseContext,
  { testDeviceIds }: RemoveTestDevicesInput,
): Promise<{ readonly removed: number }> {
  requirePermission(context.actor, "test_device:write");
  return inTransaction(async (tx) => {
    const devices = await findTestDevices(tx, testDeviceIds);
    await deleteTestDevices(
      tx,
      devices.map((device) => device.id),
    );
    await notify(tx, RULES_CHANNEL);
    await recordAudit(
      tx,
      context,
      devices.map((device) => testDeviceFact("test_device.removed", device)),
    );
    return { removed: devices.length };
  });
}
