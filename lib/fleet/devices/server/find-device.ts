import "server-only";
import { z } from "zod";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { Device } from "#fleet/devices/model";
import { currentLimits } from "#fleet/devices/server/current-limits";
import { findDeviceById } from "#fleet/devices/server/store";
import { db } from "#foundation/platform/db/client";

/** Finds a phone with the answer to its last check and the reasons; null if no phone has this id. */
export async function findDevice(
  context: UseCaseContext,
  { id }: { readonly id: string },
): Promise<Device | null> {
  requirePermission(context.actor, "device:read");
  return z.uuid().safeParse(id).success ? findDeviceById(db, id, currentLimits(context.now)) : null;
}
