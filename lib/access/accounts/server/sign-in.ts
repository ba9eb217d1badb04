import "server-only";

import { randomUUID } from "node:crypto";
import type { Account } from "#access/accounts/model";
import { RefusalLedger } from "#access/accounts/refusal-ledger";
import type { PasswordAttempt } from "#access/accounts/server/check-password";
import { checkPassword } from "#access/accounts/server/check-password";
import { deleteEndedSessions, insertSession } from "#access/accounts/server/session-store";
import { findAccountByName, lockAccount, touchSignIn } from "#access/accounts/server/store";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { toRateLimited } from "#access/accounts/server/attempt-gate";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { inTransaction } from "#foundation/platform/db/client";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** A new session. */
export type SignIn = { readonly sessionId: string; readonly account: Account };

/** Creates a session and records it in the audit trail; null for a wrong name or password. Throws `rate_limited`. */
export async function signIn(attempt: PasswordAttempt, now: Date): Promise<SignIn | null> {
  const check = await checkPassword(attempt, now);
  switch (check.outcome) {
    case "valid":
      return beginSession(check, attempt, now);
    case "invalid":
      await recordRefusal(attempt, now);
      return null;
    case "throttled":
      await recordRefusal(attempt, now);
      throw toRateLimited(check);
  }
}

type Verified = { readonly account: Account; readonly sessionsValidFrom: Date };

/** Returns null if the account was changed after the password was verified: that change ended its sessions. */
function beginSession(
  { account, sessionsValidFrom }: Verified,
  { address }: PasswordAttempt,
  now: Date,
): Promise<SignIn | null> {
  const { id, name, role } = account;
  const context: UseCaseContext = {
    actor: { kind: "account", id, name, role },
    now,
    requestId: randomUUID(),
  };
  return inTransaction(async (tx) => {
    const current = await lockAccount(tx, id);
    if (current?.sessionsValidFrom.getTime() !== sessionsValidFrom.getTime()) {
      return null;
    }
    await touchSignIn(tx, id, now);
    await deleteEndedSessions(tx, now);
    const sessionId = await insertSession(tx, id, now);
    await recordAudit(tx, context, [
      { action: "account.signed_in", subject: { kind: "account", id, name }, facts: { address } },
    ]);
    return { sessionId, account };
  });
}

/** Logs a database error instead of throwing, so that the response to a wrong password does not depend on the audit. */
async function recordRefusal({ name, address }: PasswordAttempt, now: Date): Promise<void> {
  const ledger = oncePerProcess("refused sign-ins", () => new RefusalLedger());
  const note = ledger.note({ name, address }, now.getTime());
  if (note === null) {
    return;
  }
  const { attempts } = note;
  const context: UseCaseContext = {
    actor: { kind: "system", id: null, name: "sign-in", role: "viewer" },
    now,
    requestId: randomUUID(),
  };
  try {
    await inTransaction(async (tx) => {
      const account = await findAccountByName(tx, name);
      await recordAudit(tx, context, [
        {
          action: "account.refused",
          subject: { kind: "account", id: account?.id ?? "", name: account?.name ?? name },
          facts: { address, attempts },
        },
      ]);
    });
  } catch (error) {
    log().warn({ err: error, name, address, attempts }, "failed to record a refused sign-in");
  }
}
