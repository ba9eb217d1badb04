import "server-only";
import { decideTelling } from "#access/notifications/decide-telling";
import { isMailConfigured } from "#access/notifications/server/mail-access";
import { insertMessage } from "#access/notifications/server/message-store";
import { queueMessage } from "#access/notifications/server/queue-message";
import type { MailPerson } from "#access/notifications/server/recipient-store";
import { findMailPeople, insertRecipients } from "#access/notifications/server/recipient-store";
import type { StoredWebhook } from "#access/notifications/server/webhook-store";
import { findEnabledWebhooks } from "#access/notifications/server/webhook-store";
import type { Notice } from "#foundation/notices/notice";
import { takeUntoldNotices } from "#foundation/notices/server/untold-notices";
import type { Db } from "#foundation/platform/db/client";
import { inTransaction } from "#foundation/platform/db/client";

/**
 * Decides for all settled notices who is told, in the transaction that marks them as told. Runs on a schedule in every
 * worker. Returns how many notices there were.
 */
export async function tellNotices(now: Date): Promise<number> {
  const hasMail = await isMailConfigured();
  return inTransaction(async (tx) => {
    const notices = await takeUntoldNotices(tx, now);
    if (notices.length > 0) {
      await tellPeople(tx, notices, { people: hasMail ? await findMailPeople(tx) : [], now });
      await tellWebhooks(tx, notices, { webhooks: await findEnabledWebhooks(tx), now });
    }
    return notices.length;
  });
}

async function tellPeople(
  tx: Db,
  notices: readonly Notice[],
  { people, now }: { readonly people: readonly MailPerson[]; readonly now: Date },
): Promise<void> {
  const recipients = notices.flatMap(({ id, actorId, content: { kind } }) =>
    people.flatMap((person) => {
      const dueAt = decideTelling({ kind, actorId }, person, now);
      return dueAt === null ? [] : [{ noticeId: id, accountId: person.accountId, dueAt }];
    }),
  );
  await insertRecipients(tx, recipients);
}

async function tellWebhooks(
  tx: Db,
  notices: readonly Notice[],
  { webhooks, now }: { readonly webhooks: readonly StoredWebhook[]; readonly now: Date },
): Promise<void> {
  for (const notice of notices) {
    for (const webhook of webhooks.filter(({ kinds }) => kinds.includes(notice.content.kind))) {
      const id = await insertMessage(tx, {
        webhookId: webhook.id,
        noticeId: notice.id,
        createdAt: now,
      });
      await queueMessage(tx, { id, receiverId: webhook.id });
    }
  }
}
