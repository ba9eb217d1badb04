import "server-only";

import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { currentActor } from "#access/auth/server/session";
import { HOME_PATH, signInPath } from "#foundation/core/callback-path";
import { AppError } from "#foundation/core/errors";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { PATH_HEADER } from "#foundation/platform/http/panel-request";

/** The context of a server action. Throws `unauthenticated` if the session has ended. */
export async function panelContext(): Promise<UseCaseContext> {
  const actor = await currentActor();
  if (actor === null) {
    throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
  }
  return { actor, now: new Date(), requestId: randomUUID() };
}

/** The context of a page. If the session has ended, redirects to the sign-in page, which leads back to the page and its query. */
export async function pageContext(): Promise<UseCaseContext> {
  const actor = await currentActor();
  return actor === null
    ? redirect(signInPath((await headers()).get(PATH_HEADER) ?? HOME_PATH))
    : { actor, now: new Date(), requestId: randomUUID() };
}
