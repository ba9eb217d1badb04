import "server-only";
import { existsTestDevice } from "#fleet/test-devices/server/store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

export async function hasTestDevices(context: UseCaseContext): Promise<boolean> {
  requirePermission(context.actor, "test_device:read");
  return existsTestDevice(db);
}
