import "server-only";
import type { NotificationChoice } from "#access/notifications/model";
import { isMailConfigured } from "#access/notifications/server/mail-access";
import { findChoice } from "#access/notifications/server/recipient-store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

export type OwnNotifications = {
  readonly choice: NotificationChoice;
  /** Whether there is a mail server; without one, choices have no effect yet. */
  readonly hasMail: boolean;
};

/** The caller's own choice; null for a caller without an account. */
export async function findOwnNotifications(
  context: UseCaseContext,
): Promise<OwnNotifications | null> {
  requirePermission(context.actor, "token:own");
  const choice = context.actor.id === null ? null : await findChoice(db, context.actor.id);
  return choice && { choice, hasMail: await isMailConfigured() };
}
