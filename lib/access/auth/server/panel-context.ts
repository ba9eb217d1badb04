import "server-only";

import { randomUUID } from "node:crypto";
import { redirect } from "next/navigation";
import { currentActor } from "#access/auth/server/session";
import { AppError } from "#foundation/core/errors";
import type { UseCaseContext } from "#foundation/core/use-case-context";

/** The context of a server action. Throws `unauthenticated` if the session has ended. */
export async function panelContext(): Promise<UseCaseContext> {
  const actor = await currentActor();
  if (actor === null) {
    throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
  }
  return { actor, now: new Date(), requestId: randomUUID() };
}

/** The context of a page. Redirects to the sign-in page if the session has ended. */
export async function pageContext(): Promise<UseCaseContext> {
  const actor = await currentActor();
  return actor === null
    ? redirect("/sign-in")
    : { actor, now: new Date(), requestId: randomUUID() };
}
