import "server-only";

import { getServerSession } from "next-auth";
import { cache } from "react";
import { z } from "zod";
import { findActorOfSession } from "#lib/accounts/server/resolve-actor";
import { authOptions } from "#lib/auth/server/auth-options";
import type { Actor } from "#lib/core/permissions";

/** What our `session` callback adds; a cookie of an older version may lack it. */
const sessionClaims = z.object({ accountId: z.uuid(), signedInAt: z.number() });

/** Who is signed in, in a page, an action or a route; null for nobody. Asked once per request. */
export const currentActor = cache(async (): Promise<Actor | null> => {
  const claims = sessionClaims.safeParse(await getServerSession(authOptions()));
  if (!claims.success) {
    return null;
  }
  return findActorOfSession(claims.data.accountId, new Date(claims.data.signedInAt));
});
