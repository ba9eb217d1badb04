import "server-only";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { DeviceToken } from "#access/device-tokens/model";
import { SECRET_PREFIX } from "#access/device-tokens/model";
import type { CreateDeviceTokenInput } from "#access/device-tokens/schema";
import { createToken, tokenExpiry } from "#foundation/platform/tokens";
import { insertDeviceToken } from "#access/device-tokens/server/store";
import { DEVICE_TOKENS_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";

/** Creates a token for a phone. The secret is returned once and never stored. */
export async function createDeviceToken(
  context: UseCaseContext,
  { name, macAddress, keepDays }: CreateDeviceTokenInput,
): Promise<{ readonly token: DeviceToken; readonly secret: string }> {
  requirePermission(context.actor, "device_token:manage");
  const { secret, hash } = createToken(SECRET_PREFIX);
  const expiresAt = tokenExpiry(context.now, keepDays);
  const token = await inTransaction(async (tx) => {
    const created = await insertDeviceToken(tx, {
      name,
      macAddress,
      tokenHash: hash,
      createdAt: context.now,
      createdBy: context.actor.name,
      expiresAt,
    });
    await notify(tx, DEVICE_TOKENS_CHANNEL);
    await recordAudit(tx, context, [
      {
        action: "device_token.created",
        subject: { kind: "device_token", id: created.id, name },
        facts: { macAddress, expiresAt: expiresAt?.toISOString() ?? null },
      },
    ]);
    return created;
  });
  return { token, secret };
}
