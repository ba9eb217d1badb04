import "server-only";

import type { ChangeOwnPasswordInput } from "#lib/accounts/schema";
import { forgetRememberedPasswords } from "#lib/accounts/server/check-password";
import { hashPassword, isPassword } from "#lib/accounts/server/passwords";
import { deleteSessionsOfAccount } from "#lib/accounts/server/session-store";
import { deleteTokensOfAccount, findAccountById, updateAccount } from "#lib/accounts/server/store";
import { recordAudit } from "#lib/audit/server/record-audit";
import { AppError } from "#lib/core/errors";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { db, inTransaction } from "#lib/platform/db/client";

/** Changes the caller's own password and ends their sessions, this one included. */
export async function changeOwnPassword(
  context: UseCaseContext,
  { currentPassword, password, endTokens = false }: ChangeOwnPasswordInput,
): Promise<void> {
  requirePermission(context.actor, "token:own");
  const account = context.actor.id === null ? null : await findAccountById(db, context.actor.id);
  if (account === null) {
    throw new AppError("not_found", "Whoever acts here has no account.");
  }
  if (!(await isPassword(account.passwordHash, currentPassword))) {
    throw new AppError("invalid_input", "The present password is not right.", {
      fields: [{ path: "currentPassword", message: "Not right." }],
    });
  }
  const passwordHash = await hashPassword(password);
  await inTransaction(async (tx) => {
    await updateAccount(tx, account.id, { passwordHash, sessionsValidFrom: context.now });
    await deleteSessionsOfAccount(tx, account.id);
    const tokensEnded = endTokens ? await deleteTokensOfAccount(tx, account.id) : 0;
    await recordAudit(tx, context, [
      {
        action: "account.changed",
        subject: { kind: "account", id: account.id, name: account.name },
        facts: { passwordChanged: true, ...(endTokens ? { tokensEnded } : {}) },
      },
    ]);
  });
  forgetRememberedPasswords();
}
