import "server-only";

import type { Account } from "#lib/accounts/model";
import { hashToken } from "#lib/accounts/server/hash-token";
import { findAccountById, findTokenByHash, touchToken } from "#lib/accounts/server/store";
import { isInForce } from "#lib/core/is-in-force";
import type { Actor } from "#lib/core/permissions";
import { db } from "#lib/platform/db/client";

/** A token's last use is written at most this often. */
const TOUCH_EVERY_MS = 60_000;

/** Who a session belongs to; null once the account is gone, disabled, or was changed since. */
export async function findActorOfSession(
  accountId: string,
  signedInAt: Date,
): Promise<Actor | null> {
  const account = await findAccountById(db, accountId);
  if (account === null || !account.isEnabled || signedInAt < account.sessionsValidFrom) {
    return null;
  }
  return toActor(account);
}

/** Who an API token acts for; null if it is unknown, has ended, or its account may not sign in. */
export async function findActorOfToken(secret: string, now: Date): Promise<Actor | null> {
  const found = await findTokenByHash(db, hashToken(secret));
  if (!found?.account.isEnabled) {
    return null;
  }
  const { token, account } = found;
  if (!isInForce(token, now)) {
    return null;
  }
  if (token.lastUsedAt === null || now.getTime() - token.lastUsedAt.getTime() > TOUCH_EVERY_MS) {
    await touchToken(db, token.id, now);
  }
  return toActor(account);
}

function toActor({ id, name, role }: Account): Actor {
  return { kind: "account", id, name, role };
}
