import "server-only";

import type { RemoveAccountInput } from "#lib/accounts/schema";
import { forgetRememberedPasswords } from "#lib/accounts/server/check-password";
import { requireAnAdministratorRemains } from "#lib/accounts/server/require-administrator";
import { deleteAccount, findAccountById } from "#lib/accounts/server/store";
import { recordAudit } from "#lib/audit/server/record-audit";
import { AppError } from "#lib/core/errors";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { inTransaction } from "#lib/platform/db/client";

/** Removes an account and its API tokens; what it did stays in the audit trail. */
export async function removeAccount(
  context: UseCaseContext,
  { accountId }: RemoveAccountInput,
): Promise<void> {
  requirePermission(context.actor, "account:manage");
  await inTransaction(async (tx) => {
    const account = await findAccountById(tx, accountId);
    if (account === null) {
      throw new AppError("not_found", "This account no longer exists.");
    }
    await requireAnAdministratorRemains(tx, account);
    await deleteAccount(tx, accountId);
    await recordAudit(tx, context, [
      {
        action: "account.removed",
        subject: { kind: "account", id: account.id, name: account.name },
        facts: { role: account.role },
      },
    ]);
  });
  forgetRememberedPasswords();
}
