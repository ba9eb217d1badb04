import "server-only";

import { AppError } from "#foundation/core/errors";
import type { Actor } from "#foundation/core/permissions";
import { may, requirePermission } from "#foundation/core/permissions";
import type { StoredView } from "#access/saved-views/server/store";

/** The id of the account that owns views. Throws `forbidden` for the command line and the service, which have none. */
export function requireAccount(actor: Actor): string {
  requirePermission(actor, "view:own");
  if (actor.id === null) {
    throw new AppError("forbidden", "Only a person with an account has views.");
  }
  return actor.id;
}

/** Whether a person may change a view: an own one, or a shared one with the permission to share. */
export function mayChangeView(actor: Actor, { ownerId, isShared }: StoredView): boolean {
  return ownerId === actor.id || (isShared && may(actor, "view:share"));
}
