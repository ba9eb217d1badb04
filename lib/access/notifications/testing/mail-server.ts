import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import type { TestAuthority } from "#foundation/platform/testing/test-authority";
import { freePort } from "#foundation/platform/testing/loopback";

export const MAIL_LOGIN = { user: "updates", password: "mail server password" } as const;

export type ReceivedMail = {
  readonly to: readonly string[];
  /** The message as it was transferred. */
  readonly source: string;
  readonly isEncrypted: boolean;
};

export type TestMailServer = {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  /** What the server does with the next messages. */
  readonly behaviour: { answer: "accept" | "refuse" | "busy"; hold: Promise<unknown> };
  readonly stop: () => Promise<void>;
};

/** Starts an SMTP server that requires STARTTLS and a login. */
export async function startMailServer({
  certificateFile,
  keyFile,
}: TestAuthority): Promise<TestMailServer> {
  const received: ReceivedMail[] = [];
  const behaviour: TestMailServer["behaviour"] = { answer: "accept", hold: Promise.resolve() };
  const server = new SMTPServer({
    cert: await readFile(certificateFile),
    key: await readFile(keyFile),
    // A login before STARTTLS is refused.
    allowInsecureAuth: false,
    onAuth: ({ username, password }, _session, callback) => {
      if (username === MAIL_LOGIN.user && password === MAIL_LOGIN.password) {
        callback(null, { user: username });
      } else {
        callback(new Error("wrong login"));
      }
    },
    onData: (stream, session, callback) => {
      void text(stream).then(async (source) => {
        if (behaviour.answer !== "accept") {
          const responseCode = behaviour.answer === "busy" ? 451 : 550;
          callback(Object.assign(new Error("not now"), { responseCode }));
          return;
        }
        received.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          source,
          isEncrypted: session.secure,
        });
        await behaviour.hold;
        callback();
      });
    },
  });
  // A client that is killed breaks its connection.
  server.on("error", () => undefined);
  const port = await freePort();
  await new Promise<void>((resolve) => {
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port,
    received,
    behaviour,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}
