import "server-only";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import type { DeviceToken } from "#lib/device-tokens/model";
import { findDeviceTokens } from "#lib/device-tokens/server/store";
import { db } from "#lib/platform/db/client";

/** Every token, the newest first; never its digest. */
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
