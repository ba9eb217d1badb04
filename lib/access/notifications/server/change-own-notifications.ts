import "server-only";
import type { ChangeOwnNotificationsInput } from "#access/notifications/schema";
import { findChoice, putChoice } from "#access/notifications/server/recipient-store";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";

/** Saves the caller's own address, language and frequencies. */
export async function changeOwnNotifications(
  context: UseCaseContext,
  input: ChangeOwnNotificationsInput,
): Promise<void> {
  requirePermission(context.actor, "token:own");
  const { id, name } = context.actor;
  await inTransaction(async (tx) => {
    const before = id === null ? null : await findChoice(tx, id);
    if (id === null || before === null) {
      throw new AppError("not_found", "The caller has no account.");
    }
    await putChoice(tx, id, input);
    if (before.email !== input.email) {
      await recordAudit(tx, context, [
        {
          action: "account.changed",
          subject: { kind: "account", id, name },
          facts: { emailBefore: before.email, email: input.email },
        },
      ]);
    }
  });
}
