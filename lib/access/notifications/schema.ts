import { z } from "zod";
import { FREQUENCIES, MAIL_ENCRYPTIONS } from "#access/notifications/model";
import { LOCALES } from "#foundation/i18n/locales";
import { NOTICE_KINDS } from "#foundation/notices/model";
import { nameText } from "#foundation/core/name-text";

/** An address without a name: a line break or a second address would change the message's head. */
export const emailAddress = z.email().max(254);

const kind = z.enum(NOTICE_KINDS);

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

export const changeOwnNotificationsInput = z.strictObject({
  email: emailAddress.nullable(),
  locale: z.enum(LOCALES),
  timeZone: z.string().max(64).refine(isTimeZone, "A name such as Europe/Paris."),
  frequencies: z.partialRecord(kind, z.enum(FREQUENCIES)),
});
export type ChangeOwnNotificationsInput = z.infer<typeof changeOwnNotificationsInput>;

const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[a-z0-9.:_-]+$/i, "A host name or an address.");

export const mailServer = z.strictObject({
  host,
  port: z.int().min(1).max(65_535),
  encryption: z.enum(MAIL_ENCRYPTIONS),
  userName: z.string().trim().min(1).max(256).nullable(),
  from: emailAddress,
});

export const changeMailServerInput = z.strictObject({
  /** When the settings that the administrator saw were saved; null if there were none. */
  seenAt: z.iso.datetime().nullable(),
  /** Null: no more e-mail. */
  server: mailServer
    .refine(({ encryption, userName }) => encryption !== "none" || userName === null, {
      error: "A password is only sent over an encrypted connection.",
      path: ["encryption"],
    })
    .nullable(),
  /** Absent: the stored password stays. */
  password: z.string().min(1).max(1024).optional(),
});
export type ChangeMailServerInput = z.infer<typeof changeMailServerInput>;

export const testMailInput = z.strictObject({ to: emailAddress });
export type TestMailInput = z.infer<typeof testMailInput>;

const url = z
  .url({
    protocol: /^https?$/,
    error: "A URL such as https://chat.contoso.com/hooks/updates.",
    abort: true,
  })
  .max(2048)
  .refine((text) => {
    const { username, password, hash } = new URL(text);
    return username === "" && password === "" && hash === "";
  }, "A URL without credentials and without a fragment: requests are signed instead.");

const webhookFields = {
  name: nameText(64),
  url,
  kinds: z.array(kind).min(1).max(NOTICE_KINDS.length),
};

export const createWebhookInput = z.strictObject(webhookFields);
export type CreateWebhookInput = z.infer<typeof createWebhookInput>;

export const changeWebhookInput = z.strictObject({
  webhookId: z.uuid(),
  name: webhookFields.name.optional(),
  url: webhookFields.url.optional(),
  kinds: webhookFields.kinds.optional(),
  isEnabled: z.boolean().optional(),
});
export type ChangeWebhookInput = z.infer<typeof changeWebhookInput>;

export const webhookIdInput = z.strictObject({ webhookId: z.uuid() });
export type WebhookIdInput = z.infer<typeof webhookIdInput>;

export const replayMessageInput = z.strictObject({ messageId: z.uuid() });
export type ReplayMessageInput = z.infer<typeof replayMessageInput>;

export const messageQuery = z.strictObject({
  /** Only messages to this webhook; absent: all. */
  webhookId: z.uuid().optional(),
});
export type MessageQuery = z.infer<typeof messageQuery>;
