import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { DeviceEvent } from "#fleet/devices/retirement";
import { findDeviceEvents } from "#fleet/devices/server/retirement-store";

const MAX_EVENTS = 50;

/** What happened to a phone in the inventory besides its checks, newest first. */
export async function listPhoneEvents(
  context: UseCaseContext,
  { deviceId }: { readonly deviceId: string },
): Promise<readonly DeviceEvent[]> {
  requirePermission(context.actor, "device:read");
  return findDeviceEvents(db, deviceId, MAX_EVENTS);
}
