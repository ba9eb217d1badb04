import "server-only";

import { randomUUID } from "node:crypto";
import { attemptGate, toRateLimited } from "#access/accounts/server/attempt-gate";
import { findActorOfToken } from "#access/accounts/server/resolve-actor";
import { currentActor } from "#access/auth/server/session";
import { callerAddress } from "#access/auth/server/caller-address";
import { AppError } from "#foundation/core/errors";
import type { Actor } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { isCrossSite } from "#foundation/platform/http/cross-site";
import { ownHosts } from "#foundation/platform/http/panel-request";

const BEARER = /^Bearer +(\S+)$/i;

/**
 * The context of an admin API request: from an API token, or from the panel session. For a request that changes data,
 * a session is accepted only from this service's own pages. Throws `unauthenticated` or `forbidden`.
 */
export async function apiContext(request: Request): Promise<UseCaseContext> {
  const now = new Date();
  const actor = await findActor(request, now);
  if (actor === null) {
    throw new AppError("unauthenticated", "Sign in, or send an API token.");
  }
  return { actor, now, requestId: randomUUID() };
}

async function findActor(request: Request, now: Date): Promise<Actor | null> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) {
    const secret = BEARER.exec(authorization)?.[1];
    return secret === undefined ? null : findActorOfBearer(request, secret, now);
  }
  const { method, headers } = request;
  if (isCrossSite({ method, headers, ownHosts: ownHosts() })) {
    throw new AppError("forbidden", "This request comes from another site.");
  }
  return currentActor();
}

/** Wrong tokens count towards the same limit of the address as wrong passwords. */
async function findActorOfBearer(
  request: Request,
  secret: string,
  now: Date,
): Promise<Actor | null> {
  const attempt = { name: null, secret, address: callerAddress(request.headers) };
  const result = await attemptGate().run(attempt, now.getTime(), async () => {
    const actor = await findActorOfToken(secret, now);
    return { outcome: actor === null ? "invalid" : "valid", actor };
  });
  if ("retryAfterSeconds" in result) {
    throw toRateLimited(result);
  }
  return result.actor;
}
