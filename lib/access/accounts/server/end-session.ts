import "server-only";

import { deleteSession } from "#access/accounts/server/session-store";
import { db } from "#foundation/platform/db/client";

/** Ends a session in every process at once, copies of its cookie included. */
export function endSession(sessionId: string): Promise<void> {
  return deleteSession(db, sessionId);
}
