import "server-only";

import type { Account } from "#access/accounts/model";
import type { CreateAccountInput } from "#access/accounts/schema";
import { hashPassword } from "#access/accounts/server/passwords";
import { insertAccount } from "#access/accounts/server/store";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";

/** Throws `conflict` if the name is taken. */
export async function createAccount(
  context: UseCaseContext,
  { name, password, role }: CreateAccountInput,
): Promise<Account> {
  requirePermission(context.actor, "account:manage");
  const passwordHash = await hashPassword(password);
  return inTransaction(async (tx) => {
    const account = await insertAccount(tx, { name, passwordHash, role }, context.now);
    await recordAudit(tx, context, [
      {
        action: "account.created",
        subject: { kind: "account", id: account.id, name },
        facts: { role },
      },
    ]);
    return account;
  });
}
