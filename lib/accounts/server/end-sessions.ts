import "server-only";

import { raiseSessionsValidFrom } from "#lib/accounts/server/store";
import { db } from "#lib/platform/db/client";

/** Ends every session of an account, in every browser and process, copies of cookies included. */
export function endSessions(accountId: string, now: Date): Promise<void> {
  return raiseSessionsValidFrom(db, accountId, now);
}
