import "server-only";

import { recordAudit } from "#lib/audit/server/record-audit";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { RULES_CHANNEL } from "#lib/platform/db/channels";
import { inTransaction } from "#lib/platform/db/client";
import { notify } from "#lib/platform/db/listen";
import { testDeviceFact } from "#lib/test-devices/audit-facts";
import type { RemoveTestDevicesInput } from "#lib/test-devices/schema";
import { deleteTestDevices, findTestDevices } from "#lib/test-devices/server/store";

/** Takes phones off the list; each keeps working and goes back to what is approved at its next check. */
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
