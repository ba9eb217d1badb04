import "server-only";
import { z } from "zod";
import type { Webhook } from "#access/notifications/model";
import { NOTICE_KINDS } from "#foundation/notices/model";
import type { NoticeKind } from "#foundation/notices/model";
import type { Db } from "#foundation/platform/db/client";
import type { Prisma } from "#generated/client";

const kindColumn = z.enum(NOTICE_KINDS);

/** A webhook with its encrypted secrets. */
export type StoredWebhook = Webhook & {
  readonly secret: string;
  readonly previousSecret: string | null;
};

export async function findWebhooks(db: Db): Promise<readonly StoredWebhook[]> {
  const rows = await db.webhook.findMany({ orderBy: [{ name: "asc" }, { id: "asc" }] });
  return rows.map(toWebhook);
}

export async function findEnabledWebhooks(db: Db): Promise<readonly StoredWebhook[]> {
  const rows = await db.webhook.findMany({ where: { isEnabled: true }, orderBy: { id: "asc" } });
  return rows.map(toWebhook);
}

export async function findWebhook(db: Db, id: string): Promise<StoredWebhook | null> {
  const row = await db.webhook.findUnique({ where: { id } });
  return row && toWebhook(row);
}

export type NewWebhook = {
  readonly name: string;
  readonly url: string;
  readonly kinds: readonly NoticeKind[];
  /** Encrypted. */
  readonly secret: string;
  readonly createdAt: Date;
  readonly createdBy: string;
};

export async function insertWebhook(tx: Db, webhook: NewWebhook): Promise<StoredWebhook> {
  const { name, url, kinds, secret, createdAt, createdBy } = webhook;
  const row = await tx.webhook.create({
    data: { name, url, kinds: [...kinds], secret, createdAt, createdBy },
  });
  return toWebhook(row);
}

export type WebhookChange = Partial<Pick<Webhook, "name" | "url" | "kinds" | "isEnabled">>;

export async function updateWebhook(tx: Db, id: string, change: WebhookChange): Promise<void> {
  const { name, url, kinds, isEnabled } = change;
  await tx.webhook.update({
    where: { id },
    data: {
      ...(name === undefined ? {} : { name }),
      ...(url === undefined ? {} : { url }),
      ...(kinds === undefined ? {} : { kinds: [...kinds] }),
      ...(isEnabled === undefined ? {} : { isEnabled }),
    },
  });
}

export async function replaceSecret(
  tx: Db,
  id: string,
  secrets: Pick<StoredWebhook, "secret" | "previousSecret" | "previousSecretUntil">,
): Promise<void> {
  const { secret, previousSecret, previousSecretUntil } = secrets;
  await tx.webhook.update({
    where: { id },
    data: { secret, previousSecret, previousSecretUntil },
  });
}

/** Switches a webhook off whose receiver said that it no longer exists. */
export async function disableWebhook(tx: Db, id: string): Promise<void> {
  await tx.webhook.updateMany({ where: { id }, data: { isEnabled: false } });
}

export async function deleteWebhook(tx: Db, id: string): Promise<void> {
  await tx.webhook.delete({ where: { id } });
}

function toWebhook(row: Prisma.WebhookGetPayload<object>): StoredWebhook {
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    // A kind of a newer release is left out.
    kinds: row.kinds.flatMap((kind) => kindColumn.safeParse(kind).data ?? []),
    isEnabled: row.isEnabled,
    secret: row.secret,
    previousSecret: row.previousSecret,
    previousSecretUntil: row.previousSecretUntil,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
  };
}
