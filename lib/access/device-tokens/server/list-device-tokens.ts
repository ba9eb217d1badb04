import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { DeviceToken } from "#access/device-tokens/model";
import { findDeviceTokens } from "#access/device-tokens/server/store";
import { db } from "#foundation/platform/db/client";

/** All tokens without their digests, newest first. */
export async function listDeviceTokens(context: UseCaseContext): Promise<readonly DeviceToken[]> {
  requirePermission(context.actor, "device_token:manage");
  const tokens = await findDeviceTokens(db);
  return tokens.map(({ id, name, macAddress, createdAt, createdBy, expiresAt, lastUsedAt }) => ({
    id,
    name,
    macAddress,
    createdAt,
    createdBy,
    expiresAt,
    lastUsedAt,
  }));
}
