import "server-only";

import { deleteSession } from "#access/accounts/server/session-store";
import { db } from "#foundation/platform/db/client";

/** Ends a session in all processes at once, also for copies of its cookie. */
export function endSession(sessionId: string): Promise<void> {
  return deleteSession(db, sessionId);
}
