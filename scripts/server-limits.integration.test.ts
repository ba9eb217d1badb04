import { once } from "node:events";
import { rm } from "node:fs/promises";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { eventually } from "#foundation/core/testing/eventually";
import { buildPanel } from "#foundation/platform/testing/build-panel";
import { z } from "zod";
import { newDataDirectory } from "./testing/new-data-directory.ts";
import type { ServerProcess } from "./testing/server-process.ts";
import { startServer, stopServer, urlsOf } from "./testing/server-process.ts";

const PASSWORD = "the first administrator";
const MIB = 1024 ** 2;
const MAX_CONNECTIONS_PER_ADDRESS = 20;

let dataDirectory: string;
let server: ServerProcess;
let url: string;
let sockets: Socket[] = [];

beforeAll(async () => {
  await buildPanel();
  dataDirectory = await newDataDirectory("limits");
  server = startServer(dataDirectory, {
    ADMIN_PASSWORD: PASSWORD,
    POOL_FQDN: "pool01.contoso.com",
    REQUEST_TIMEOUT_SECONDS: "2",
    LOG_UPLOAD_TIMEOUT_SECONDS: "4",
    MAX_CONNECTIONS_PER_ADDRESS: String(MAX_CONNECTIONS_PER_ADDRESS),
  });
  url = (await urlsOf(server)).http;
}, 400_000);

afterEach(async () => {
  const closed = sockets.filter(({ destroyed }) => !destroyed).map((one) => once(one, "close"));
  sockets.forEach((socket) => socket.destroy());
  sockets = [];
  await Promise.all(closed);
  // The server notices the close a moment later.
  await delay(100);
});

afterAll(async () => {
  await stopServer(server);
  await rm(dataDirectory, { recursive: true, force: true });
});

async function open(localAddress = "127.0.0.2"): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port: Number(new URL(url).port), localAddress });
  sockets.push(socket);
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

function head(target: string, headers: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`POST ${target} HTTP/1.1`, `Host: ${new URL(url).host}`, ...lines, "", ""].join("\r\n");
}

async function answerOf(socket: Socket): Promise<string> {
  return text(socket).catch(() => "");
}

/** By outcome, from the metrics of the process that answers phones: others may start later, and have counted nothing. */
/** The counters of the process that answers. The metrics leave out a process that does not answer within a second. */
async function countChecks(): Promise<readonly string[]> {
  const metrics = await eventually(async () => {
    const text = await (await fetch(`${url}/api/metrics`)).text();
    expect(text).toContain('ucupdates_process_up{process="phones-1"} 1');
    expect(text).toMatch(/^nodejs_\w+\{.*process="phones-1"/m);
    return text;
  });
  return metrics
    .split("\n")
    .filter((line) => /^ucupdates_checks_total\{.*process="phones-1"/.test(line));
}

async function signIn(): Promise<string> {
  const csrf = await fetch(`${url}/api/auth/csrf`);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await csrf.json());
  const signedIn = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { cookie: toCookies(csrf) },
    body: new URLSearchParams({ csrfToken, name: "admin", password: PASSWORD, json: "true" }),
  });
  expect(signedIn.status).toBe(200);
  await signedIn.text();
  return toCookies(signedIn);
}

function toCookies({ headers }: Response): string {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(";", 1)[0])
    .join("; ");
}

test("refuses an anonymous upload without reading it", async () => {
  const socket = await open();
  const upload = "/api/imports?fileName=a.cab&allPools=true";
  socket.write(head(upload, { "content-length": 2_000 * MIB }));
  const answered = answerOf(socket);
  const chunk = Buffer.alloc(MIB);
  let sent = 0;
  while (sent < 100 && !socket.destroyed && socket.write(chunk)) {
    sent += 1;
    await delay(1);
  }

  expect(await answered).toMatch(/^HTTP\/1\.1 401 /);
  expect(socket.bytesWritten - socket.writableLength).toBeLessThan(16 * MIB);
});

test("an upload with an invalid session gets no more time than other requests", async () => {
  const socket = await open();
  const cookie = "next-auth.session-token=made-up";
  socket.write(head("/api/imports?fileName=a.cab&allPools=true", { cookie, "content-length": 9 }));

  expect(await answerOf(socket)).toMatch(/^HTTP\/1\.1 401 /);
});

test("an upload of a signed-in user may take longer than other requests", async () => {
  const cookie = await signIn();
  const socket = await open();
  const bytes = Buffer.from("no cabinet");
  const target = "/api/imports?fileName=a.cab&allPools=true";
  const origin = { origin: url, "sec-fetch-site": "same-origin" };
  socket.write(
    head(target, { cookie, ...origin, "content-length": bytes.length, connection: "close" }),
  );
  const answered = answerOf(socket);
  for (const byte of bytes) {
    await delay(1_000);
    socket.write(Buffer.of(byte));
  }

  expect(await answered).toMatch(/^HTTP\/1\.1 202 /);
});

test.each(["/api/auth/callback/credentials", "/sign-in", "/api/rules/review"])(
  "refuses a large anonymous body to %s by its Content-Length",
  async (target) => {
    const socket = await open();
    socket.write(head(target, { "content-length": 10 * MIB }));

    expect(await answerOf(socket)).toMatch(/^HTTP\/1\.1 413 /);
  },
);

test("closes the connection of a large body without Content-Length at the limit", async () => {
  const socket = await open();
  socket.write(
    head("/api/auth/callback/credentials", {
      "transfer-encoding": "chunked",
      "content-type": "application/x-www-form-urlencoded",
    }),
  );
  const answered = answerOf(socket);
  const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
  for (let count = 0; count < 20 && !socket.destroyed; count += 1) {
    socket.write(chunk);
    await delay(10);
  }

  expect(await answered).toMatch(/^HTTP\/1\.1 413 /);
});

test("reads a small chunked body", async () => {
  const socket = await open();
  const target = "/api/auth/callback/credentials";
  socket.write(
    head(target, {
      "transfer-encoding": "chunked",
      "content-type": "application/x-www-form-urlencoded",
      connection: "close",
    }),
  );
  socket.write("6\r\nname=a\r\n0\r\n\r\n");

  expect(await answerOf(socket)).toMatch(/^HTTP\/1\.1 (302|401) /);
});

test.each(["/api/auth/callback/credentials", "/api/update/check", "/api/update/logs"])(
  "times out within seconds on a body to %s that does not arrive",
  async (target) => {
    const socket = await open();
    socket.write(head(target, { "content-type": "application/json", "content-length": 1_000 }));
    socket.write("half");
    const begin = Date.now();

    expect(await answerOf(socket)).toMatch(/^(HTTP\/1\.1 408 |$)/);
    expect(Date.now() - begin).toBeLessThan(9_000);
  },
  15_000,
);

test("one address cannot use all connections, and gets a Retry-After", async () => {
  const before = await countChecks();
  const held = await Promise.all(
    Array.from({ length: MAX_CONNECTIONS_PER_ADDRESS }, () => open("127.0.0.3")),
  );
  const refused = await open("127.0.0.3");
  refused.write(head("/api/update/check", { "content-length": 2 }) + "{}");

  expect(await answerOf(refused)).toMatch(/^HTTP\/1\.1 503 [^]*Retry-After: \d+/);
  expect(await countChecks()).toEqual(before);
  const other = await open("127.0.0.4");
  other.write(
    `GET /api/health?probe=live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  );
  expect(await answerOf(other)).toMatch(/^HTTP\/1\.1 200 /);

  held[0]?.destroy();
  await eventually(async () => {
    const again = await open("127.0.0.3");
    again.write(
      `GET /api/health?probe=live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    expect(await answerOf(again)).toMatch(/^HTTP\/1\.1 200 /);
  });
});
