import "server-only";
import { may, requirePermission } from "#foundation/core/permissions";
import { readInstant } from "#foundation/core/time";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Device } from "#fleet/devices/model";
import { listPhoneEvents } from "#fleet/devices/server/list-phone-events";
import { listChecksOfDevice } from "#phones/check-log/server/list-checks";
import { listLogsOfDevice } from "#phones/device-logs/server/list-logs";
import type { TimelinePage } from "#phones/timeline/model";
import { TIMELINE_PAGE_SIZE, toTimeline } from "#phones/timeline/to-timeline";

/**
 * One page of what is recorded about a phone, newest first: checks, offers, refusals, downloads, restarts, logs and what
 * was done with it. Logs are left out for roles that may not read them.
 */
export async function listTimeline(
  context: UseCaseContext,
  device: Device,
  { before }: { readonly before: string },
): Promise<TimelinePage> {
  requirePermission(context.actor, "device:read");
  const limit = readInstant(before);
  const window = { deviceId: device.id, before: limit, take: TIMELINE_PAGE_SIZE };
  const [checks, logs, actions] = await Promise.all([
    listChecksOfDevice(context, window),
    may(context.actor, "log:read") ? listLogsOfDevice(context, window) : [],
    listPhoneEvents(context, window),
  ]);
  return toTimeline({ device, checks, logs, actions }, limit);
}
