import "server-only";
import { readFile } from "node:fs/promises";
import { rootCertificates } from "node:tls";
import type { Attempt, DeliveryProblem, MailServer } from "#access/notifications/model";
import type { MailText } from "#access/notifications/mail-text";
import { toProblem } from "#access/notifications/server/post-webhook";
import { errorCode } from "#foundation/core/error-code";
import { env } from "#foundation/platform/env";

const CONNECT_TIMEOUT_MS = 10_000;
const IDLE_TIMEOUT_MS = 20_000;

export type Mail = {
  /** The same for every attempt, so that mail systems can recognise a message that arrives twice. */
  readonly id: string;
  readonly to: string;
  readonly text: MailText;
};

export type MailAccess = { readonly server: MailServer; readonly password: string | null };

/** Sends one message over one connection. Never throws: every error is a failed attempt. */
export async function sendMail({ server, password }: MailAccess, mail: Mail): Promise<Attempt> {
  const startedAt = performance.now();
  const elapsedMs = () => Math.round(performance.now() - startedAt);
  try {
    // Loaded with the first message: most processes send none.
    const { createTransport } = await import("nodemailer");
    const transport = createTransport(await toOptions(server, password));
    const { response } = await transport.sendMail(toMessage(server, mail));
    return { outcome: "delivered", status: statusOf(response), durationMs: elapsedMs() };
  } catch (error) {
    return { outcome: "failed", ...toFailure(error), durationMs: elapsedMs() };
  }
}

async function toOptions(
  { host, port, encryption, userName }: MailServer,
  password: string | null,
) {
  const { SMTP_CA_FILE } = env();
  const ca =
    SMTP_CA_FILE === undefined ? null : [...rootCertificates, await readFile(SMTP_CA_FILE, "utf8")];
  return {
    host,
    port,
    secure: encryption === "tls",
    requireTLS: encryption === "starttls",
    ignoreTLS: encryption === "none",
    ...(userName === null ? {} : { auth: { user: userName, pass: password ?? "" } }),
    tls: { minVersion: "TLSv1.2", ...(ca === null ? {} : { ca }) } as const,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: IDLE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function toMessage({ from }: MailServer, { id, to, text }: Mail) {
  return {
    from: { name: "ucupdates", address: from },
    to,
    messageId: `<${id}@${from.slice(from.lastIndexOf("@") + 1)}>`,
    subject: text.subject,
    text: text.text,
    html: text.html,
    // Absence notices and other answers of programs are not wanted (RFC 3834).
    headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
  };
}

const MAIL_PROBLEMS: Readonly<Record<string, DeliveryProblem>> = {
  EAUTH: "not_authenticated",
  ENOAUTH: "not_authenticated",
  ETLS: "no_encryption",
  EDNS: "name_unknown",
  ETIMEDOUT: "timeout",
  EENVELOPE: "refused",
  EMESSAGE: "refused",
};

function toFailure(error: unknown): {
  readonly problem: DeliveryProblem;
  readonly status: number | null;
  readonly detail: string;
  readonly isFinal: boolean;
} {
  const code: unknown =
    typeof error === "object" && error !== null ? Reflect.get(error, "responseCode") : null;
  const status = typeof code === "number" ? code : null;
  const { problem, detail } = toProblem(error);
  return {
    problem: MAIL_PROBLEMS[errorCode(error) ?? ""] ?? problem,
    status,
    detail,
    // 550 and the like: the server will not take this message later either. A wrong password can be corrected.
    isFinal: status !== null && status >= 550 && errorCode(error) !== "EAUTH",
  };
}

function statusOf(response: string): number | null {
  const status = Number(response.slice(0, 3));
  return Number.isInteger(status) ? status : null;
}
