"use server";

import { endSession } from "#access/accounts/server/end-session";
import type { ActionResult } from "#access/auth/action-result";
import { toFailure } from "#access/auth/server/run-action";
import { currentSessionId } from "#access/auth/server/session";

/**
 * Ends the caller's session on the server before the browser deletes its cookie, because next-auth reports no error to
 * the user when its own sign-out fails. Succeeds for a session that has already ended.
 */
export async function signOutAction(): Promise<ActionResult<null>> {
  try {
    const sessionId = await currentSessionId();
    if (sessionId !== null) {
      await endSession(sessionId);
    }
    return { ok: true, value: null };
  } catch (error) {
    return toFailure(error);
  }
}
