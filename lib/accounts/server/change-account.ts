import "server-only";

import type { ChangeAccountInput } from "#lib/accounts/schema";
import { forgetRememberedPasswords } from "#lib/accounts/server/check-password";
import { hashPassword } from "#lib/accounts/server/passwords";
import { requireAnAdministratorRemains } from "#lib/accounts/server/require-administrator";
import { deleteSessionsOfAccount } from "#lib/accounts/server/session-store";
import type { StoredAccount } from "#lib/accounts/server/store";
import { deleteTokensOfAccount, findAccountById, updateAccount } from "#lib/accounts/server/store";
import type { AuditValue } from "#lib/audit/model";
import { recordAudit } from "#lib/audit/server/record-audit";
import { AppError } from "#lib/core/errors";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { inTransaction } from "#lib/platform/db/client";

/** Changes role, password or whether somebody may sign in. Their open sessions end. */
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
  forgetRememberedPasswords();
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
