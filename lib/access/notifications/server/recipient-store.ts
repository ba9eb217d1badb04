import "server-only";
import { z } from "zod";
import type { Person } from "#access/notifications/decide-telling";
import type { Frequencies, NotificationChoice } from "#access/notifications/model";
import { DEFAULT_CHOICE, FREQUENCIES, withDefaults } from "#access/notifications/model";
import { ROLES } from "#foundation/core/permissions";
import { LOCALES } from "#foundation/i18n/locales";
import { NOTICE_KINDS } from "#foundation/notices/model";
import type { Db } from "#foundation/platform/db/client";
import type { Prisma } from "#generated/client";

const roleColumn = z.enum(ROLES);
const localeColumn = z.enum(LOCALES).catch(DEFAULT_CHOICE.locale);
/** A kind or a frequency of a newer release is as if it were not chosen. */
const frequenciesColumn = z.record(z.string(), z.unknown()).transform((stored) =>
  withDefaults(
    Object.fromEntries(
      NOTICE_KINDS.flatMap((kind) => {
        const frequency = z.enum(FREQUENCIES).safeParse(stored[kind]);
        return frequency.success ? [[kind, frequency.data] as const] : [];
      }),
    ),
  ),
);

/** A person with an address who may sign in. */
export type MailPerson = Person &
  NotificationChoice & { readonly name: string; readonly email: string };

const WITH_CHOICE = { include: { notificationChoice: true } } as const;
type AccountRow = Prisma.AccountGetPayload<typeof WITH_CHOICE>;

/** Everyone who can be told by e-mail. */
export async function findMailPeople(db: Db): Promise<readonly MailPerson[]> {
  const rows = await db.account.findMany({
    where: { isEnabled: true, email: { not: null } },
    orderBy: { id: "asc" },
    ...WITH_CHOICE,
  });
  return rows.flatMap(toPerson);
}

/** Null if the account is disabled, has no address, or no longer exists. */
export async function findMailPerson(db: Db, accountId: string): Promise<MailPerson | null> {
  const row = await db.account.findUnique({ where: { id: accountId }, ...WITH_CHOICE });
  return row?.isEnabled === true ? (toPerson(row)[0] ?? null) : null;
}

function toPerson(row: AccountRow): readonly MailPerson[] {
  const { email } = row;
  return email === null
    ? []
    : [
        {
          ...toChoice(row),
          accountId: row.id,
          name: row.name,
          role: roleColumn.parse(row.role),
          email,
        },
      ];
}

function toChoice({ email, notificationChoice: choice }: AccountRow): NotificationChoice {
  return choice === null
    ? { ...DEFAULT_CHOICE, email }
    : {
        email,
        locale: localeColumn.parse(choice.locale),
        timeZone: choice.timeZone,
        frequencies: frequenciesColumn.parse(choice.frequencies),
      };
}

export async function findChoice(db: Db, accountId: string): Promise<NotificationChoice | null> {
  const row = await db.account.findUnique({ where: { id: accountId }, ...WITH_CHOICE });
  return row && toChoice(row);
}

export async function putChoice(
  tx: Db,
  accountId: string,
  {
    email,
    locale,
    timeZone,
    frequencies,
  }: Omit<NotificationChoice, "frequencies"> & {
    readonly frequencies: Partial<Frequencies>;
  },
): Promise<void> {
  const choice = { locale, timeZone, frequencies };
  await tx.account.update({ where: { id: accountId }, data: { email } });
  await tx.notificationChoice.upsert({
    where: { accountId },
    create: { accountId, ...choice },
    update: choice,
  });
}

export type NewRecipient = {
  readonly noticeId: bigint;
  readonly accountId: string;
  readonly dueAt: Date;
};

export async function insertRecipients(tx: Db, recipients: readonly NewRecipient[]): Promise<void> {
  await tx.noticeRecipient.createMany({ data: [...recipients], skipDuplicates: true });
}

/** People with a notice that is due and without a message since an instant. */
export async function findDueAccounts(
  db: Db,
  { now, withoutMessageSince }: { readonly now: Date; readonly withoutMessageSince: Date },
): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ accountId: string }[]>`
    SELECT DISTINCT "accountId" FROM "NoticeRecipient" recipient
    WHERE "messageId" IS NULL AND "dueAt" <= ${now} AND NOT EXISTS (
      SELECT FROM "OutgoingMessage" message
      WHERE message."accountId" = recipient."accountId" AND message."createdAt" > ${withoutMessageSince}
    )`;
  return rows.map(({ accountId }) => accountId);
}

/** Puts the due notices of a person into a message. Returns how many; another process does not wait for them. */
export async function assignDueNotices(
  tx: Db,
  {
    accountId,
    messageId,
    now,
  }: { readonly accountId: string; readonly messageId: string; readonly now: Date },
): Promise<number> {
  return tx.$executeRaw`
    UPDATE "NoticeRecipient" SET "messageId" = ${messageId}::uuid
    WHERE ("noticeId", "accountId") IN (
      SELECT "noticeId", "accountId" FROM "NoticeRecipient"
      WHERE "accountId" = ${accountId}::uuid AND "messageId" IS NULL AND "dueAt" <= ${now}
      FOR UPDATE SKIP LOCKED)`;
}
