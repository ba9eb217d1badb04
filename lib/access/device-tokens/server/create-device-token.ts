import "server-only";
import { randomBytes } from "node:crypto";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { DeviceToken } from "#access/device-tokens/model";
import { SECRET_PREFIX } from "#access/device-tokens/model";
import type { CreateDeviceTokenInput } from "#access/device-tokens/schema";
import { hashToken } from "#foundation/platform/hash-token";
import { insertDeviceToken } from "#access/device-tokens/server/store";
import { DEVICE_TOKENS_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";

const DAY_MS = 86_400_000;

/** Makes a token for a phone. The secret is returned once and never stored. */
export async function createDeviceToken(
  context: UseCaseContext,
  { name, macAddress, keepDays }: CreateDeviceTokenInput,
): Promise<{ readonly token: DeviceToken; readonly secret: string }> {
  requirePermission(context.actor, "device_token:manage");
  const secret = `${SECRET_PREFIX}${randomBytes(32).toString("base64url")}`;
  const expiresAt = keepDays === null ? null : new Date(context.now.getTime() + keepDays * DAY_MS);
  const token = await inTransaction(async (tx) => {
    const created = await insertDeviceToken(tx, {
      name,
      macAddress,
      tokenHash: hashToken(secret),
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
