import "server-only";
import { z } from "zod";
import type { Attempt, LoggedMessage, MessageState } from "#access/notifications/model";
import { DELIVERY_PROBLEMS, MESSAGE_STATES } from "#access/notifications/model";
import { NOTICE_KINDS } from "#foundation/notices/model";
import type { Db } from "#foundation/platform/db/client";
import type { Prisma } from "#generated/client";

const stateColumn = z.enum(MESSAGE_STATES);
const problemColumn = z.enum(DELIVERY_PROBLEMS).nullable().catch(null);
const kindColumn = z.enum(NOTICE_KINDS);

/** A message that is to be sent. */
export type WaitingMessage = {
  readonly id: string;
  readonly accountId: string | null;
  readonly webhookId: string | null;
  /** What it tells; empty for a test. */
  readonly noticeIds: readonly bigint[];
  readonly attempts: number;
};

export type NewMessage = {
  readonly accountId?: string;
  readonly webhookId?: string;
  readonly noticeId?: bigint;
  readonly createdAt: Date;
};

/** Returns the id. */
export async function insertMessage(tx: Db, message: NewMessage): Promise<string> {
  const { accountId, webhookId, noticeId, createdAt } = message;
  const row = await tx.outgoingMessage.create({
    data: {
      state: "waiting",
      createdAt,
      nextAttemptAt: createdAt,
      accountId: accountId ?? null,
      webhookId: webhookId ?? null,
      noticeId: noticeId ?? null,
    },
    select: { id: true },
  });
  return row.id;
}

export async function deleteMessage(tx: Db, id: string): Promise<void> {
  await tx.outgoingMessage.delete({ where: { id } });
}

/** Null if the message is not waiting. */
export async function findWaitingMessage(db: Db, id: string): Promise<WaitingMessage | null> {
  const row = await db.outgoingMessage.findUnique({
    where: { id, state: "waiting" },
    select: {
      id: true,
      accountId: true,
      webhookId: true,
      noticeId: true,
      attempts: true,
      recipients: { select: { noticeId: true }, orderBy: { noticeId: "asc" } },
    },
  });
  if (row === null) {
    return null;
  }
  const { noticeId, recipients, ...message } = row;
  const noticeIds = recipients.map((recipient) => recipient.noticeId);
  return { ...message, noticeIds: noticeId === null ? noticeIds : [noticeId, ...noticeIds] };
}

/** Stores the result of an attempt, unless another process has stored one since the message was read. */
export async function storeAttempt(
  tx: Db,
  { id, attempts }: Pick<WaitingMessage, "id" | "attempts">,
  result: {
    readonly attempt: Attempt;
    readonly state: MessageState;
    readonly at: Date;
    readonly nextAttemptAt: Date | null;
  },
): Promise<boolean> {
  const { attempt, state, at, nextAttemptAt } = result;
  const failure = attempt.outcome === "failed" ? attempt : null;
  const { count } = await tx.outgoingMessage.updateMany({
    where: { id, attempts, state: "waiting" },
    data: {
      state,
      attempts: attempts + 1,
      lastAttemptAt: at,
      nextAttemptAt,
      status: attempt.status,
      problem: failure?.problem ?? null,
      detail: failure?.detail ?? null,
      durationMs: attempt.durationMs,
    },
  });
  return count === 1;
}

/** The message will not be sent, because its receiver may not or can not be told. */
export async function dropMessage(tx: Db, id: string): Promise<void> {
  await tx.outgoingMessage.updateMany({
    where: { id, state: "waiting" },
    data: { state: "dropped", nextAttemptAt: null },
  });
}

/** Makes an ended message waiting again; false if it waits already. */
export async function reviveMessage(tx: Db, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.outgoingMessage.updateMany({
    where: { id, state: { not: "waiting" } },
    data: { state: "waiting", attempts: 0, nextAttemptAt: now },
  });
  return count > 0;
}

export async function findReceiver(
  tx: Db,
  id: string,
): Promise<Pick<WaitingMessage, "accountId" | "webhookId"> | null> {
  return tx.outgoingMessage.findUnique({
    where: { id },
    select: { accountId: true, webhookId: true },
  });
}

const LOGGED = {
  account: { select: { name: true } },
  webhook: { select: { name: true } },
  notice: { select: { kind: true } },
  recipients: { select: { notice: { select: { kind: true } } }, orderBy: { noticeId: "asc" } },
} as const satisfies Prisma.OutgoingMessageInclude;

/** The newest messages first. */
export async function findMessages(
  db: Db,
  { webhookId, most }: { readonly webhookId: string | null; readonly most: number },
): Promise<readonly LoggedMessage[]> {
  const rows = await db.outgoingMessage.findMany({
    where: webhookId === null ? {} : { webhookId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: most,
    include: LOGGED,
  });
  return rows.map(toLogged);
}

export async function findMessage(db: Db, id: string): Promise<LoggedMessage | null> {
  const row = await db.outgoingMessage.findUnique({ where: { id }, include: LOGGED });
  return row && toLogged(row);
}

function toLogged(
  row: Prisma.OutgoingMessageGetPayload<{ include: typeof LOGGED }>,
): LoggedMessage {
  const kinds = [row.notice, ...row.recipients.map(({ notice }) => notice)];
  return {
    id: row.id,
    channel: row.webhookId === null ? "email" : "webhook",
    receiver: row.webhook?.name ?? row.account?.name ?? "",
    kinds: kinds.flatMap((notice) => kindColumn.safeParse(notice?.kind).data ?? []),
    state: stateColumn.parse(row.state),
    attempts: row.attempts,
    createdAt: row.createdAt,
    lastAttemptAt: row.lastAttemptAt,
    nextAttemptAt: row.nextAttemptAt,
    status: row.status,
    problem: problemColumn.parse(row.problem),
    detail: row.detail,
    durationMs: row.durationMs,
  };
}

/** Deletes messages about no notice (tests) from before an instant; the others go with their notice. */
export async function deleteMessagesBefore(db: Db, before: Date): Promise<void> {
  await db.outgoingMessage.deleteMany({ where: { createdAt: { lt: before } } });
}
