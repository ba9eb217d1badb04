import "server-only";

import { getServerSession } from "next-auth";
import { headers } from "next/headers";
import { cache } from "react";
import { z } from "zod";
import { findActorOfSession } from "#lib/accounts/server/resolve-actor";
import { MAX_SESSION_SECONDS, authOptions } from "#lib/auth/server/auth-options";
import { AppError } from "#lib/core/errors";
import type { Actor } from "#lib/core/permissions";
import { isDatabaseUnavailable } from "#lib/platform/db/unavailable";

/** What our `session` callback adds; a cookie of an older version may lack it. */
const sessionClaims = z.object({ accountId: z.uuid(), signedInAt: z.number() });

/** Who is signed in, in a page, an action or a route; null for nobody. Asked once per request. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const claims = sessionClaims.safeParse(await getServerSession(authOptions(await headers())));
  if (!claims.success || hasEnded(claims.data.signedInAt)) {
    return null;
  }
  try {
    return await findActorOfSession(claims.data.accountId, new Date(claims.data.signedInAt));
  } catch (error) {
    // Every page asks this first, so this is where an outage becomes one that its error page can name.
    throw isDatabaseUnavailable(error)
      ? new AppError("unavailable", "The database cannot be reached.", { cause: error })
      : error;
  }
});

/** next-auth renews its own token when a browser asks for the session, so the time of signing in decides. */
function hasEnded(signedInAtMs: number): boolean {
  return Date.now() - signedInAtMs > MAX_SESSION_SECONDS * 1000;
}
