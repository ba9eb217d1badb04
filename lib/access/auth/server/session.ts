import "server-only";

import { getServerSession } from "next-auth";
import { headers } from "next/headers";
import { cache } from "react";
import { z } from "zod";
import { findActorOfSession } from "#access/accounts/server/resolve-actor";
import { authOptions } from "#access/auth/server/auth-options";
import type { Actor } from "#foundation/core/permissions";
import { translateDatabaseOutage } from "#foundation/platform/db/unavailable";

/** The claim that our `session` callback adds. A cookie of an older version holds an account id in its place. */
const sessionClaims = z.object({ sessionId: z.uuid() });

/** The signed-in actor of a page, an action or a route; null if there is none. Cached per request. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const sessionId = await currentSessionId();
  if (sessionId === null) {
    return null;
  }
  try {
    return await findActorOfSession(sessionId, new Date());
  } catch (error) {
    // Every page calls this first, so a database outage is translated here for the error page.
    throw translateDatabaseOutage(error);
  }
});

/** The session id from the cookie. Only the database knows whether the session has ended. */
export async function currentSessionId(): Promise<string | null> {
  const claims = sessionClaims.safeParse(await getServerSession(authOptions(await headers())));
  return claims.success ? claims.data.sessionId : null;
}
