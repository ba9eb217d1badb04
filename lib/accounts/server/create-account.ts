import "server-only";

import type { Account } from "#lib/accounts/model";
import type { CreateAccountInput } from "#lib/accounts/schema";
import { hashPassword } from "#lib/accounts/server/passwords";
import { insertAccount } from "#lib/accounts/server/store";
import { recordAudit } from "#lib/audit/server/record-audit";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { inTransaction } from "#lib/platform/db/client";

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
