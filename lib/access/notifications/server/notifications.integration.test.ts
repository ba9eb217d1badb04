import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { Webhook as Verifier } from "standardwebhooks";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createAccount } from "#access/accounts/server/create-account";
import { DEFAULT_CHOICE } from "#access/notifications/model";
import type { NotificationChoice } from "#access/notifications/model";
import { changeMailServer } from "#access/notifications/server/change-mail-server";
import { changeOwnNotifications } from "#access/notifications/server/change-own-notifications";
import { changeWebhook } from "#access/notifications/server/change-webhook";
import { composeMails } from "#access/notifications/server/compose-mails";
import { createWebhook } from "#access/notifications/server/create-webhook";
import { findMailServer } from "#access/notifications/server/find-mail-server";
import { listMessages } from "#access/notifications/server/list-messages";
import { replayMessage } from "#access/notifications/server/replay-message";
import { rotateWebhookSecret } from "#access/notifications/server/rotate-webhook-secret";
import { sendMessage } from "#access/notifications/server/send-message";
import { sendTestMail } from "#access/notifications/server/send-test-mail";
import {
  readAwayReceivers,
  tellDatabaseAway,
} from "#access/notifications/server/tell-database-away";
import { tellNotices } from "#access/notifications/server/tell-notices";
import { testWebhook } from "#access/notifications/server/test-webhook";
import { MAIL_LOGIN, startMailServer } from "#access/notifications/testing/mail-server";
import type { TestMailServer } from "#access/notifications/testing/mail-server";
import { startReceiver } from "#access/notifications/testing/receiver";
import type { TestReceiver } from "#access/notifications/testing/receiver";
import { listAuditEntries } from "#foundation/audit/server/list-audit-entries";
import { aContext } from "#foundation/core/testing/contexts";
import type { Role } from "#foundation/core/permissions";
import type { NoticeContent } from "#foundation/notices/schema";
import { recordNotice } from "#foundation/notices/server/record-notice";
import { db, inTransaction } from "#foundation/platform/db/client";
import { startWorker } from "#foundation/platform/jobs";
import { emptyTables } from "#foundation/platform/testing/database";
import { createTestAuthority } from "#foundation/platform/testing/test-authority";
import { MESSAGE_TASKS } from "#access/notifications/server/send-message";

const MINUTE_MS = 60_000;
const SECRET = "the key of sessions in this test, long enough";

let directory = "";
let mail: TestMailServer;
let receiver: TestReceiver;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "ucupdates-notifications-"));
  const authority = await createTestAuthority(directory);
  vi.stubEnv("SMTP_CA_FILE", authority.caFile);
  vi.stubEnv("NEXTAUTH_SECRET", SECRET);
  vi.stubEnv("PUBLIC_URL", "https://updates.contoso.com");
  vi.stubEnv("WEBHOOK_REFUSED_NETWORKS", "169.254.0.0/16,127.0.0.2");
  mail = await startMailServer(authority);
});

afterAll(async () => {
  await mail.stop();
  await rm(directory, { recursive: true, force: true });
  vi.unstubAllEnvs();
});

beforeEach(async () => {
  await emptyTables();
  receiver = await startReceiver();
  mail.behaviour.answer = "accept";
  mail.behaviour.hold = Promise.resolve();
  return () => receiver.stop();
});

const SERVER = {
  host: "localhost",
  encryption: "starttls",
  userName: MAIL_LOGIN.user,
  from: "updates@contoso.com",
} as const;

async function setMailServer(password: string = MAIL_LOGIN.password): Promise<void> {
  const { updatedAt } = await findMailServer(aContext());
  const server = { ...SERVER, port: mail.port };
  const seenAt = updatedAt?.toISOString() ?? null;
  await changeMailServer(aContext({ now: new Date() }), { seenAt, server, password });
}

/** An account with an address, that wants to be told. */
async function aPerson(
  name: string,
  choice: Partial<NotificationChoice> = {},
  role: Role = "administrator",
): Promise<string> {
  const { id } = await createAccount(aContext(), { name, password: "correct horse", role });
  const context = aContext();
  await changeOwnNotifications(
    { ...context, actor: { ...context.actor, id, name } },
    { ...DEFAULT_CHOICE, email: `${name}@contoso.com`, ...choice },
  );
  return id;
}

let events = 0;

function record(content: NoticeContent, at = new Date(), actorId: string | null = null) {
  events += 1;
  return inTransaction((tx) =>
    recordNotice(tx, { ...content, key: `event ${events}`, at, actorId }),
  );
}

const DISK: NoticeContent = {
  kind: "disk_low",
  facts: { host: "srv1", directory: "/data", freeBytes: 1_000_000, lowBytes: 2_000_000 },
};

function anApproval(version: string): NoticeContent {
  const ruleId = "00000000-0000-4000-8000-00000000000a";
  const rule = { ruleId, brand: "POLYCOM", model: "CX600", updateType: "CPE", pool: "pool01" };
  return {
    kind: "approval",
    facts: { by: "anna", reason: "", count: 1, rules: [{ ...rule, from: null, to: version }] },
  };
}

/** What the worker does until nothing is due: tell, compose, and send each message once. */
async function work(now = new Date()): Promise<void> {
  await tellNotices(now);
  await composeMails(now);
  const waiting = await db.outgoingMessage.findMany({
    where: { state: "waiting", nextAttemptAt: { lte: now } },
    orderBy: { id: "asc" },
  });
  for (const { id } of waiting) {
    await sendMessage(id, { now, signal: new AbortController().signal });
  }
}

/** The messages since the last call, decoded enough for their subjects. */
function newMails() {
  return mail.received.slice(seenMails).map(({ to, source, isEncrypted }) => {
    seenMails += 1;
    const head = source.slice(0, source.indexOf("\r\n\r\n")).replaceAll(/\r\n[ \t]+/g, " ");
    const header = (name: string) =>
      new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1]?.replaceAll(/\r/g, "") ?? "";
    return { to, isEncrypted, source, subject: header("subject"), id: header("message-id") };
  });
}
let seenMails = 0;

test("sends over STARTTLS with a login what a person is told at once, and never the same again", async () => {
  await setMailServer();
  await aPerson("anna");
  await record(DISK);

  await work();
  await work(new Date(Date.now() + 10 * MINUTE_MS));

  const mails = newMails();
  expect(mails).toMatchObject([
    {
      to: ["anna@contoso.com"],
      isEncrypted: true,
      subject: "[ucupdates] Disk low on srv1: 1 MB free",
    },
  ]);
  expect(mails[0]?.source).toContain("Auto-Submitted: auto-generated");
  expect(mails[0]?.source).toContain("text/html");
  expect(await listMessages(aContext(), {})).toMatchObject([
    { channel: "email", receiver: "anna", kinds: ["disk_low"], state: "delivered", status: 250 },
  ]);
});

test("collects what is due in a digest at the person's hour, in the person's language", async () => {
  await setMailServer();
  await aPerson("marie", { locale: "fr", timeZone: "Europe/Paris" });
  const evening = new Date("2026-11-28T18:00:00Z");
  await record(anApproval("1.0"), evening);
  await record(anApproval("2.0"), evening);
  await work(evening);
  await work(new Date("2026-11-29T05:59:00Z"));
  expect(newMails()).toEqual([]);

  await work(new Date("2026-11-29T06:00:00Z"));

  const [digest, ...others] = newMails();
  expect(others).toEqual([]);
  expect(decodeWord(digest?.subject ?? "")).toBe(
    "[ucupdates] Approuvé : POLYCOM CX600 1.0 – et 1 autre notification",
  );
});

test("sends at most one message a minute to a person, with all that happened", async () => {
  await setMailServer();
  await aPerson("anna");
  const now = new Date();
  await record(DISK, now);
  await work(now);
  await record(DISK, now);
  await record(DISK, now);
  await work(new Date(now.getTime() + 30_000));
  expect(newMails()).toHaveLength(1);

  await work(new Date(now.getTime() + 61_000));
  expect(newMails().map(({ subject }) => decodeWord(subject))).toEqual([
    "[ucupdates] Disk low on srv1: 1 MB free – and 1 more notice",
  ]);
});

test("tells nothing to people who are disabled, have no address, may not know, or did it themselves", async () => {
  await setMailServer();
  const disabled = await aPerson("dora");
  await db.account.update({ where: { id: disabled }, data: { isEnabled: false } });
  await aPerson("nora", { email: null });
  await aPerson("vera", {}, "viewer");
  const actor = await aPerson("anna");

  await record(DISK, new Date(), actor);
  await work();

  expect(newMails()).toEqual([]);
});

test("tells nothing to a person who is disabled or demoted between the event and the message", async () => {
  await setMailServer();
  const dora = await aPerson("dora");
  const vera = await aPerson("vera");
  await record(DISK);
  const now = new Date();
  await tellNotices(now);
  await db.account.update({ where: { id: dora }, data: { isEnabled: false } });
  await db.account.update({ where: { id: vera }, data: { role: "viewer" } });

  await work(now);

  expect(newMails()).toEqual([]);
  const states = (await listMessages(aContext(), {})).map(({ state }) => state);
  expect(states).toEqual(["dropped", "dropped"]);
});

test("sends a message again with the same id after a temporary refusal, and gives up after a final one", async () => {
  await setMailServer();
  await aPerson("anna");
  await record(DISK);
  mail.behaviour.answer = "busy";
  await work();
  expect(await listMessages(aContext(), {})).toMatchObject([
    { state: "waiting", attempts: 1, status: 451, problem: "refused" },
  ]);

  mail.behaviour.answer = "accept";
  await work(new Date(Date.now() + 6_000));
  const [sent] = newMails();
  const [logged] = await listMessages(aContext(), {});
  expect(logged).toMatchObject({ state: "delivered", attempts: 2 });
  expect(sent?.id).toBe(`<${logged?.id ?? ""}@contoso.com>`);

  await record(DISK);
  mail.behaviour.answer = "refuse";
  await work(new Date(Date.now() + 5 * MINUTE_MS));
  expect((await listMessages(aContext(), {}))[0]).toMatchObject({ state: "failed", status: 550 });
});

test("refuses a server without encryption, and says a wrong password without showing it", async () => {
  await setMailServer("a wrong password");
  const wrong = await sendTestMail(aContext(), { to: "anna@contoso.com" });
  expect(wrong).toMatchObject({ outcome: "failed", problem: "not_authenticated" });

  await setMailServer();
  expect(await sendTestMail(aContext(), { to: "anna@contoso.com" })).toMatchObject({
    outcome: "delivered",
  });
  expect(newMails()).toMatchObject([{ subject: "[ucupdates] Test message" }]);

  const found = await findMailServer(aContext());
  const audit = await listAuditEntries(aContext(), {
    q: "",
    kind: ["settings"],
    subject: "",
    order: "desc",
    page: 1,
  });
  const stored = await db.setting.findMany();
  expect(found).toMatchObject({ hasPassword: true });
  expect(JSON.stringify([found, audit, stored, wrong])).not.toContain(MAIL_LOGIN.password);
});

test("does not send a stored password to another server", async () => {
  await setMailServer();
  const { updatedAt } = await findMailServer(aContext());
  await changeMailServer(aContext(), {
    seenAt: updatedAt?.toISOString() ?? null,
    server: { ...SERVER, host: "127.0.0.1", port: mail.port },
  });
  expect(await findMailServer(aContext())).toMatchObject({ hasPassword: false });
});

test("signs webhooks so that the library of Standard Webhooks accepts them", async () => {
  const { secret } = await createWebhook(aContext(), {
    name: "chat",
    url: receiver.url,
    kinds: ["disk_low"],
  });
  await record(DISK);
  await record(anApproval("1.0"));

  await work();
  await work(new Date(Date.now() + MINUTE_MS));

  expect(receiver.received).toHaveLength(1);
  const [{ headers, body } = { headers: {}, body: "" }] = receiver.received;
  expect(new Verifier(secret).verify(body, headers)).toMatchObject({
    type: "disk.low",
    data: DISK.facts,
    text: "Disk low on srv1: 1 MB free",
  });
});

test("signs with both secrets for a day after a rotation, then with the new one", async () => {
  const created = await createWebhook(aContext(), {
    name: "chat",
    url: receiver.url,
    kinds: ["disk_low"],
  });
  const webhookId = created.webhook.id;
  const now = new Date();
  const rotated = await rotateWebhookSecret(aContext({ now }), { webhookId });

  await testWebhook(aContext({ now }), { webhookId });
  await testWebhook(aContext({ now: new Date(now.getTime() + 25 * 60 * MINUTE_MS) }), {
    webhookId,
  });

  const signatures = receiver.received.map(
    ({ headers }) => headers["webhook-signature"]?.split(" ").length,
  );
  expect(signatures).toEqual([2, 1]);
  const [{ headers, body } = { headers: {}, body: "" }] = receiver.received;
  expect(new Verifier(created.secret).verify(body, headers)).toMatchObject({ type: "test" });
  expect(new Verifier(rotated.secret).verify(body, headers)).toMatchObject({ type: "test" });
  expect(JSON.stringify(await db.webhook.findMany())).not.toContain(created.secret.slice(6));
});

test("retries with growing pauses until the receiver accepts, then replays on demand with the same id", async () => {
  const { webhook } = await createWebhook(aContext(), {
    name: "chat",
    url: receiver.url,
    kinds: ["disk_low"],
  });
  await record(DISK);
  receiver.behaviour.status = 503;
  const now = Date.now();
  for (const seconds of [0, 1, 5, 30, 66, 70]) {
    await work(new Date(now + seconds * 1000));
  }
  // At 0, 5 and 66 seconds.
  expect(receiver.received).toHaveLength(3);

  receiver.behaviour.status = 200;
  await work(new Date(now + 400_000));
  const [logged] = await listMessages(aContext(), { webhookId: webhook.id });
  expect(logged).toMatchObject({ state: "delivered", attempts: 4, status: 200, problem: null });

  await replayMessage(aContext({ now: new Date() }), { messageId: logged?.id ?? "" });
  await work(new Date(now + 500_000));
  const ids = new Set(receiver.received.map(({ headers }) => headers["webhook-id"]));
  expect(receiver.received).toHaveLength(5);
  expect(ids.size).toBe(1);
});

test("follows no redirect, refuses addresses, and switches off a webhook that is gone", async () => {
  const { webhook } = await createWebhook(aContext(), {
    name: "chat",
    url: receiver.url,
    kinds: ["disk_low"],
  });
  const webhookId = webhook.id;
  receiver.behaviour.status = 302;
  expect(await testWebhook(aContext(), { webhookId })).toMatchObject({
    state: "failed",
    problem: "redirect",
    status: 302,
  });
  expect(receiver.received).toHaveLength(1);

  for (const url of [
    "http://169.254.169.254/latest",
    "http://127.0.0.2:1/",
    "http://[::ffff:127.0.0.2]:1/",
  ]) {
    await changeWebhook(aContext(), { webhookId, url });
    expect(await testWebhook(aContext(), { webhookId })).toMatchObject({
      problem: "address_not_allowed",
    });
  }

  await changeWebhook(aContext(), { webhookId, url: receiver.url });
  receiver.behaviour.status = 410;
  await record(DISK);
  await work();
  expect(await db.webhook.findUnique({ where: { id: webhookId } })).toMatchObject({
    isEnabled: false,
  });
});

test("only administrators set the mail server and webhooks", async () => {
  const context = aContext({ role: "operator" });
  for (const attempt of [
    findMailServer(context),
    listMessages(context, {}),
    createWebhook(context, { name: "x", url: receiver.url, kinds: ["disk_low"] }),
  ]) {
    await expect(attempt).rejects.toMatchObject({ code: "forbidden" });
  }
});

test("tells from memory that the database is away, only to those who want to know at once", async () => {
  await setMailServer();
  await aPerson("anna");
  await aPerson("nora", {
    frequencies: { ...DEFAULT_CHOICE.frequencies, database_away: "hourly" },
  });
  await createWebhook(aContext(), { name: "chat", url: receiver.url, kinds: ["database_away"] });
  const now = new Date();
  const receivers = await readAwayReceivers(now);

  await tellDatabaseAway(receivers, { since: now, host: "srv1", now });

  expect(newMails()).toMatchObject([
    { to: ["anna@contoso.com"], subject: "[ucupdates] PostgreSQL does not answer: srv1" },
  ]);
  expect(receiver.received).toHaveLength(1);
  expect(await db.outgoingMessage.count()).toBe(0);
});

test("a receiver that does not answer holds up no other one", async () => {
  const silent = await startReceiver();
  silent.behaviour.status = null;
  const worker = await startWorker(MESSAGE_TASKS, { concurrency: 4 });
  try {
    await createWebhook(aContext(), { name: "a", url: silent.url, kinds: ["disk_low"] });
    await createWebhook(aContext(), { name: "b", url: receiver.url, kinds: ["disk_low"] });
    for (let index = 0; index < 5; index += 1) {
      await record(DISK);
    }
    await tellNotices(new Date());

    await vi.waitFor(
      () => {
        expect(receiver.received).toHaveLength(5);
      },
      { timeout: 50_000 },
    );
    // One after the other, each message would have waited for one to the silent receiver.
    expect(silent.received.length).toBeLessThan(5);
  } finally {
    await silent.stop();
    await worker.stop();
  }
});

test("a worker that is killed while it sends leaves the message to the next one, with the same id", async () => {
  await setMailServer();
  await aPerson("anna");
  mail.behaviour.hold = new Promise(() => undefined);
  await record(DISK);
  await tellNotices(new Date());
  await composeMails(new Date());
  const before = mail.received.length;
  const script = `
      import { startWorker } from "#foundation/platform/jobs";
      import { MESSAGE_TASKS } from "#access/notifications/server/send-message";
      await startWorker(MESSAGE_TASKS);
      setInterval(() => {}, 1000);`;
  const child = spawn(
    process.execPath,
    ["--import", "./scripts/server-only.mjs", "--input-type=module", "--eval", script],
    { stdio: ["ignore", "inherit", "inherit"], env: process.env },
  );
  await vi.waitFor(
    () => {
      expect(mail.received).toHaveLength(before + 1);
    },
    { timeout: 30_000 },
  );
  child.kill("SIGKILL");
  await once(child, "exit");

  mail.behaviour.hold = Promise.resolve();
  const worker = await startWorker(MESSAGE_TASKS);
  try {
    await vi.waitFor(
      async () => {
        expect(await listMessages(aContext(), {})).toMatchObject([{ state: "delivered" }]);
      },
      { timeout: 30_000 },
    );
  } finally {
    await worker.stop();
  }
  // The server had accepted the first one but could not say so: twice, and recognisable.
  const mails = newMails();
  expect(mails).toHaveLength(2);
  expect(new Set(mails.map(({ id }) => id)).size).toBe(1);
});

/** Decodes words of RFC 2047. */
function decodeWord(subject: string): string {
  return subject
    .replaceAll(/\?= =\?/g, "?==?")
    .replaceAll(/=\?utf-8\?q\?(.*?)\?=/gi, (_all, word: string) =>
      Buffer.from(
        word
          .replaceAll("_", " ")
          .replaceAll(/=([0-9A-F]{2})/g, (_hex, code: string) =>
            String.fromCodePoint(Number.parseInt(code, 16)),
          ),
        "latin1",
      ).toString("utf8"),
    )
    .replaceAll(/=\?utf-8\?b\?(.*?)\?=/gi, (_all, word: string) =>
      Buffer.from(word, "base64").toString("utf8"),
    );
}
