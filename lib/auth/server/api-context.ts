import "server-only";

import { randomUUID } from "node:crypto";
import { findActorOfToken } from "#lib/accounts/server/resolve-actor";
import { currentActor } from "#lib/auth/server/session";
import { AppError } from "#lib/core/errors";
import type { Actor } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { isCrossSite } from "#lib/platform/http/cross-site";
import { ownHosts } from "#lib/platform/http/own-hosts";

const BEARER = /^Bearer +(\S+)$/i;

/**
 * The context of an administrator's API request: an API token, else the panel's session. A session is
 * taken for a changing request only from our own pages. Throws `unauthenticated` or `forbidden`.
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
    return secret === undefined ? null : findActorOfToken(secret, now);
  }
  const { method, headers } = request;
  if (isCrossSite({ method, headers, ownHosts: ownHosts() })) {
    throw new AppError("forbidden", "This request comes from another site.");
  }
  return currentActor();
}
