import "server-only";

import type { ChangeAccountInput } from "#access/accounts/schema";
import { clearPasswordCache } from "#access/accounts/server/check-password";
import { hashPassword } from "#access/accounts/server/passwords";
import { requireAnAdministratorRemains } from "#access/accounts/server/require-administrator";
import { deleteSessionsOfAccount } from "#access/accounts/server/session-store";
import type { StoredAccount } from "#access/accounts/server/store";
import {
  deleteTokensOfAccount,
  findAccountById,
  updateAccount,
} from "#access/accounts/server/store";
import type { AuditValue } from "#foundation/audit/model";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";

/** Changes the role, the password or the enabled state of an account. Ends its sessions. */
export async function changeAccount(
  context: UseCaseContext,
  { accountId, role, isEnabled, password, endTokens = false }: ChangeAccountInput,
): Promise<void> {
  requirePermission(context.actor, "account:manage");
  const passwordHash = password === undefined ? undefined : await hashPassword(password);
  await inTransaction(async (tx) => {
    const account = await findAccountById(tx, accountId);
    if (account === null) {
      throw new AppError("not_found", "This account no longer exists.");
    }
    if (!remainsAdministrator(account, { role, isEnabled })) {
      await requireAnAdministratorRemains(tx, account);
    }
    await updateAccount(tx, accountId, {
      ...(role === undefined ? {} : { role }),
      ...(isEnabled === undefined ? {} : { isEnabled }),
      ...(passwordHash === undefined ? {} : { passwordHash }),
      sessionsValidFrom: context.now,
    });
    await deleteSessionsOfAccount(tx, accountId);
    const tokensEnded = endTokens ? await deleteTokensOfAccount(tx, accountId) : 0;
    await recordAudit(tx, context, [
      {
        action: "account.changed",
        subject: { kind: "account", id: account.id, name: account.name },
        facts: {
          ...changeFacts(account, { role, isEnabled, password }),
          ...(endTokens ? { tokensEnded } : {}),
        },
      },
    ]);
  });
  clearPasswordCache();
}

function remainsAdministrator(
  account: StoredAccount,
  {
    role = account.role,
    isEnabled = account.isEnabled,
  }: Pick<ChangeAccountInput, "role" | "isEnabled">,
): boolean {
  return role === "administrator" && isEnabled;
}

function changeFacts(
  account: StoredAccount,
  change: Pick<ChangeAccountInput, "role" | "isEnabled" | "password">,
): Record<string, AuditValue> {
  return {
    ...(change.role === undefined || change.role === account.role
      ? {}
      : { roleBefore: account.role, role: change.role }),
    ...(change.isEnabled === undefined || change.isEnabled === account.isEnabled
      ? {}
      : { isEnabled: change.isEnabled }),
    ...(change.password === undefined ? {} : { passwordChanged: true }),
  };
}
