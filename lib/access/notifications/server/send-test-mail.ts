import "server-only";
import { randomUUID } from "node:crypto";
import { toTestMail } from "#access/notifications/mail-text";
import type { Attempt } from "#access/notifications/model";
import { DEFAULT_CHOICE } from "#access/notifications/model";
import type { TestMailInput } from "#access/notifications/schema";
import { readMailAccess } from "#access/notifications/server/mail-access";
import { findChoice } from "#access/notifications/server/recipient-store";
import { sendMail } from "#access/notifications/server/send-mail";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";

/** Sends a message at once with the saved settings, and returns what the server said. */
export async function sendTestMail(
  context: UseCaseContext,
  { to }: TestMailInput,
): Promise<Attempt> {
  requirePermission(context.actor, "settings:write");
  const access = await readMailAccess();
  if (access === null) {
    throw new AppError(
      "invalid_state",
      "There is no mail server, or its password must be entered again.",
    );
  }
  const { actor } = context;
  const choice = actor.id === null ? null : await findChoice(db, actor.id);
  const reader = choice ?? DEFAULT_CHOICE;
  const text = toTestMail(actor.name, { reader, publicUrl: env().PUBLIC_URL ?? null });
  return sendMail(access, { id: randomUUID(), to, text });
}
