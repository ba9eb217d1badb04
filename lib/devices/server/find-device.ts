import "server-only";
import { z } from "zod";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import type { Device } from "#lib/devices/model";
import { currentLimits } from "#lib/devices/server/current-limits";
import { findDeviceById } from "#lib/devices/server/store";
import { db } from "#lib/platform/db/client";

/** One phone with what its last checks were answered and why; null where there is none of that id. */
export async function findDevice(
  context: UseCaseContext,
  { id }: { readonly id: string },
): Promise<Device | null> {
  requirePermission(context.actor, "device:read");
  return z.uuid().safeParse(id).success ? findDeviceById(db, id, currentLimits(context.now)) : null;
}
