import "server-only";

import type { Account } from "#access/accounts/model";
import { hashToken } from "#foundation/platform/tokens";
import { findSession, touchSession } from "#access/accounts/server/session-store";
import { findTokenByHash, touchToken } from "#access/accounts/server/store";
import { hasSessionEnded } from "#access/accounts/session";
import { isInForce } from "#foundation/core/is-in-force";
import type { Actor } from "#foundation/core/permissions";
import { db } from "#foundation/platform/db/client";
import { isDatabaseUnavailable } from "#foundation/platform/db/unavailable";
import { log } from "#foundation/platform/log";

/** The minimum time between two writes of the last use of a token or session. */
const TOUCH_EVERY_MS = 60_000;

/**
 * The actor of a session; null if the session has ended or its account was disabled or changed. This use renews the
 * idle limit. A previous version of the program ends sessions only by `sessionsValidFrom`.
 */
export async function findActorOfSession(sessionId: string, now: Date): Promise<Actor | null> {
  const found = await findSession(db, sessionId);
  if (!found?.account.isEnabled) {
    return null;
  }
  const { session, account } = found;
  if (hasSessionEnded(session, now) || session.createdAt < account.sessionsValidFrom) {
    return null;
  }
  if (now.getTime() - session.lastUsedAt.getTime() > TOUCH_EVERY_MS) {
    await noteUse(() => touchSession(db, session.id, now));
  }
  return toActor(account);
}

/** The account of an API token; null if the token is unknown or expired, or its account may not sign in. */
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
    await noteUse(() => touchToken(db, token.id, now));
  }
  return toActor(account);
}

/** The time of a use is no reason to refuse it: a connection that broke unnoticed may fail only what is written. */
async function noteUse(write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!isDatabaseUnavailable(error)) {
      throw error;
    }
    log().debug({ err: error }, "the use of a session or token was not written; the next one is");
  }
}

function toActor({ id, name, role }: Account): Actor {
  return { kind: "account", id, name, role };
}
