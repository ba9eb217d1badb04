import "server-only";

import type { ChangeOwnPasswordInput } from "#access/accounts/schema";
import { attemptGate, toRateLimited } from "#access/accounts/server/attempt-gate";
import { clearPasswordCache } from "#access/accounts/server/check-password";
import { hashPassword, isPassword } from "#access/accounts/server/passwords";
import { deleteSessionsOfAccount } from "#access/accounts/server/session-store";
import type { StoredAccount } from "#access/accounts/server/store";
import {
  deleteTokensOfAccount,
  findAccountById,
  lockAccount,
  updateAccount,
} from "#access/accounts/server/store";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db, inTransaction } from "#foundation/platform/db/client";

/** Changes the caller's own password and ends all sessions of the account, including the current one. */
export async function changeOwnPassword(
  context: UseCaseContext,
  { currentPassword, password, endTokens = false }: ChangeOwnPasswordInput,
): Promise<void> {
  requirePermission(context.actor, "token:own");
  const account = context.actor.id === null ? null : await findAccountById(db, context.actor.id);
  if (account === null) {
    throw new AppError("not_found", "The caller has no account.");
  }
  await requirePassword(account, currentPassword, context.now);
  const passwordHash = await hashPassword(password);
  await inTransaction(async (tx) => {
    const current = await lockAccount(tx, account.id);
    if (current?.passwordHash !== account.passwordHash) {
      throw new AppError("conflict", "Another request changed the password at the same time.");
    }
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
  clearPasswordCache();
}

/** Limits guesses here too, so that a stolen session cannot be used to guess the password. */
async function requirePassword(account: StoredAccount, secret: string, now: Date): Promise<void> {
  const attempt = { name: null, secret, address: `session of ${account.id}` };
  const result = await attemptGate().run(attempt, now.getTime(), async () => ({
    outcome: (await isPassword(account.passwordHash, secret)) ? "valid" : "invalid",
  }));
  if ("retryAfterSeconds" in result) {
    throw toRateLimited(result);
  }
  if (result.outcome !== "valid") {
    throw new AppError("invalid_input", "The current password is wrong.", {
      fields: [{ path: "currentPassword", message: "Wrong password." }],
    });
  }
}
