import "server-only";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { RevokeDeviceTokenInput } from "#access/device-tokens/schema";
import { deleteDeviceToken, findDeviceToken } from "#access/device-tokens/server/store";
import { DEVICE_TOKENS_CHANNEL } from "#foundation/platform/db/channels";
import { inTransaction } from "#foundation/platform/db/client";
import { notify } from "#foundation/platform/db/listen";

/** Revokes a token. Every process refuses it as soon as the change is committed. */
export async function revokeDeviceToken(
  context: UseCaseContext,
  { tokenId }: RevokeDeviceTokenInput,
): Promise<void> {
  requirePermission(context.actor, "device_token:manage");
  await inTransaction(async (tx) => {
    const token = await findDeviceToken(tx, tokenId);
    if (token === null) {
      throw new AppError("not_found", "This token no longer exists.");
    }
    await deleteDeviceToken(tx, tokenId);
    await notify(tx, DEVICE_TOKENS_CHANNEL);
    await recordAudit(tx, context, [
      {
        action: "device_token.revoked",
        subject: { kind: "device_token", id: token.id, name: token.name },
        facts: { macAddress: token.macAddress },
      },
    ]);
  });
}
