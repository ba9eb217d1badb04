import "server-only";

import type { RemoveAccountInput } from "#access/accounts/schema";
import { clearPasswordCache } from "#access/accounts/server/check-password";
import { requireAnAdministratorRemains } from "#access/accounts/server/require-administrator";
import { deleteAccount, findAccountById } from "#access/accounts/server/store";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";

/** Removes an account and its API tokens. Its audit entries stay. */
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
  clearPasswordCache();
}
