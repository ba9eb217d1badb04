import "server-only";

import { getServerSession } from "next-auth";
import { headers } from "next/headers";
import { cache } from "react";
import { z } from "zod";
import { findActorOfSession } from "#access/accounts/server/resolve-actor";
import { authOptions } from "#access/auth/server/auth-options";
import type { Actor } from "#foundation/core/permissions";
import { translateDatabaseOutage } from "#foundation/platform/db/unavailable";

/** What our `session` callback adds; a cookie of an older version holds the id of an account there. */
const sessionClaims = z.object({ sessionId: z.uuid() });

/** Who is signed in, in a page, an action or a route; null for nobody. Asked once per request. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const sessionId = await currentSessionId();
  if (sessionId === null) {
    return null;
  }
  try {
    return await findActorOfSession(sessionId, new Date());
  } catch (error) {
    // Every page asks this first, so this is where an outage becomes one that its error page can name.
    throw translateDatabaseOutage(error);
  }
});

/** What the cookie says; whether the session lasts is known to the database alone. */
export async function currentSessionId(): Promise<string | null> {
  const claims = sessionClaims.safeParse(await getServerSession(authOptions(await headers())));
  return claims.success ? claims.data.sessionId : null;
}
