import "server-only";
import { randomUUID } from "node:crypto";
import { decideTelling } from "#access/notifications/decide-telling";
import { toMailText } from "#access/notifications/mail-text";
import type { Attempt } from "#access/notifications/model";
import { readMailAccess } from "#access/notifications/server/mail-access";
import { postWebhook } from "#access/notifications/server/post-webhook";
import type { MailPerson } from "#access/notifications/server/recipient-store";
import { findMailPeople } from "#access/notifications/server/recipient-store";
import type { MailAccess } from "#access/notifications/server/send-mail";
import { sendMail } from "#access/notifications/server/send-mail";
import { signWebhook } from "#access/notifications/server/sign-webhook";
import { secretsInForce } from "#access/notifications/server/webhook-secrets";
import type { StoredWebhook } from "#access/notifications/server/webhook-store";
import { findEnabledWebhooks } from "#access/notifications/server/webhook-store";
import { toPayload } from "#access/notifications/webhook-payload";
import { db } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";
import { log } from "#foundation/platform/log";

const KIND = "database_away";

/** Who is told that the database is away, read while it was not. */
export type AwayReceivers = {
  readonly mail: MailAccess | null;
  readonly people: readonly MailPerson[];
  readonly webhooks: readonly StoredWebhook[];
};

/** Reads the receivers. A person who wants to be told later is told when the database is back, not of its absence. */
export async function readAwayReceivers(now: Date): Promise<AwayReceivers> {
  const people = await findMailPeople(db);
  const webhooks = await findEnabledWebhooks(db);
  return {
    mail: await readMailAccess(),
    people: people.filter((person) => {
      const dueAt = decideTelling({ kind: KIND, actorId: null }, person, now);
      return dueAt?.getTime() === now.getTime();
    }),
    webhooks: webhooks.filter(({ kinds }) => kinds.includes(KIND)),
  };
}

/** Tells that the database is away, from memory: each receiver once, without a retry and without the delivery log. */
export async function tellDatabaseAway(
  { mail, people, webhooks }: AwayReceivers,
  { since, host, now }: { readonly since: Date; readonly host: string; readonly now: Date },
): Promise<void> {
  const content = { kind: KIND, facts: { host, since: since.toISOString() } } as const;
  const notice = { at: now, content };
  const publicUrl = env().PUBLIC_URL ?? null;
  const attempts = [
    ...people.map(async (person) => {
      const text = toMailText([notice], { reader: person, publicUrl });
      return mail === null ? null : sendMail(mail, { id: randomUUID(), to: person.email, text });
    }),
    ...webhooks.map(async (webhook) => {
      const secrets = secretsInForce(webhook, now);
      const body = toPayload(notice, publicUrl);
      const { signal } = new AbortController();
      return secrets === null
        ? null
        : postWebhook({
            url: webhook.url,
            headers: signWebhook({ id: randomUUID(), at: now, body, secrets }),
            body,
            signal,
          });
    }),
  ];
  logResults(await Promise.all(attempts));
}

function logResults(results: readonly (Attempt | null)[]): void {
  const delivered = results.filter((result) => result?.outcome === "delivered").length;
  log().warn({ delivered, of: results.length }, "told that the database is away");
}
