import "server-only";
import { mayBeTold } from "#access/notifications/decide-telling";
import { toMailText } from "#access/notifications/mail-text";
import type { Attempt, DeliveryProblem } from "#access/notifications/model";
import { readMailAccess } from "#access/notifications/server/mail-access";
import type { WaitingMessage } from "#access/notifications/server/message-store";
import { postWebhook } from "#access/notifications/server/post-webhook";
import { findMailPerson } from "#access/notifications/server/recipient-store";
import { sendMail } from "#access/notifications/server/send-mail";
import { signWebhook } from "#access/notifications/server/sign-webhook";
import { secretsInForce } from "#access/notifications/server/webhook-secrets";
import { findWebhook } from "#access/notifications/server/webhook-store";
import { toPayload, toTestPayload } from "#access/notifications/webhook-payload";
import { readNotices } from "#foundation/notices/server/untold-notices";
import { db } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";

export type AttemptOptions = {
  readonly now: Date;
  /** Aborted when the process stops. */
  readonly signal: AbortSignal;
};

/** Sends a message once. `dropped`: its receiver may not, or can no longer, be told. */
export async function attemptMessage(
  message: WaitingMessage,
  options: AttemptOptions,
): Promise<Attempt | "dropped"> {
  return message.accountId === null
    ? attemptWebhook(message, options)
    : attemptMail(message, message.accountId);
}

/** What the person may know and what is known of the person count now, not when the event happened. */
async function attemptMail(
  { id, noticeIds }: WaitingMessage,
  accountId: string,
): Promise<Attempt | "dropped"> {
  const person = await findMailPerson(db, accountId);
  if (person === null) {
    return "dropped";
  }
  const notices = (await readNotices(db, noticeIds)).filter(({ content }) =>
    mayBeTold(person.role, content.kind),
  );
  if (notices.length === 0) {
    return "dropped";
  }
  const access = await readMailAccess();
  if (access === null) {
    return failed("not_configured", "There is no mail server, or its password is lost.");
  }
  const text = toMailText(notices, { reader: person, publicUrl: env().PUBLIC_URL ?? null });
  return sendMail(access, { id, to: person.email, text });
}

async function attemptWebhook(
  { id, webhookId, noticeIds }: WaitingMessage,
  { now, signal }: AttemptOptions,
): Promise<Attempt | "dropped"> {
  const webhook = webhookId === null ? null : await findWebhook(db, webhookId);
  const isTest = noticeIds.length === 0;
  if (webhook === null || (!webhook.isEnabled && !isTest)) {
    return "dropped";
  }
  const [notice] = await readNotices(db, noticeIds);
  if (notice === undefined && !isTest) {
    return "dropped";
  }
  const secrets = secretsInForce(webhook, now);
  if (secrets === null) {
    return failed("secret_lost", "The secret cannot be decrypted: create a new one.");
  }
  const body =
    notice === undefined ? toTestPayload(now) : toPayload(notice, env().PUBLIC_URL ?? null);
  const headers = signWebhook({ id, at: now, body, secrets });
  return postWebhook({ url: webhook.url, headers, body, signal });
}

function failed(problem: DeliveryProblem, detail: string): Attempt {
  return { outcome: "failed", problem, status: null, detail, durationMs: 0, isFinal: false };
}
