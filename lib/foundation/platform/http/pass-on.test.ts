import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { ClientRequest, IncomingMessage, RequestListener, Server } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer, text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { eventually } from "#foundation/core/testing/eventually";
import { passOn } from "#foundation/platform/http/pass-on";

const MIB = 1024 ** 2;

let directory: string;
let panel: Server | null;
let front: Server;
let processing: number;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "ucupdates-pass-"));
  processing = 0;
  panel = null;
  front = createServer(
    passOn({
      socketPath: join(directory, "panel.sock"),
      describe: () => ({ "x-ucupdates-address": "192.0.2.7" }),
      onProcessing: () => (processing += 1),
    }),
  );
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
});

afterEach(async () => {
  for (const server of [front, panel]) {
    server?.closeAllConnections();
    server?.close();
  }
  await rm(directory, { recursive: true, force: true });
});

async function answerWith(listener: RequestListener): Promise<void> {
  panel = createServer(listener);
  panel.listen(join(directory, "panel.sock"));
  await once(panel, "listening");
}

function port(): number {
  const address = front.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

function send(
  path: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string | string[]>>;
  } = {},
): ClientRequest {
  const { method = "GET", headers = {} } = options;
  return request({ host: "127.0.0.1", port: port(), path, method, headers: { ...headers } });
}

function responseTo(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    sent.once("response", resolve).once("error", reject);
  });
}

test("passes method, path, headers and body on, without what only our listeners may say", async () => {
  let seen: Partial<IncomingMessage> = {};
  await answerWith((incoming, outgoing) => {
    seen = incoming;
    incoming.pipe(outgoing);
  });
  const sent = send("/api/x?y=%20z", {
    method: "PUT",
    headers: {
      connection: "x-hop",
      "x-hop": "1",
      "x-ucupdates-address": "10.0.0.1",
      "x-ucupdates-upload": "forged",
      "x-twice": ["a", "b"],
    },
  });
  sent.end("body");

  expect(await text(await responseTo(sent))).toBe("body");
  expect(seen).toMatchObject({ method: "PUT", url: "/api/x?y=%20z" });
  expect(seen.headers).toMatchObject({ "x-ucupdates-address": "192.0.2.7", "x-twice": "a, b" });
  expect(seen.headers).not.toHaveProperty("x-ucupdates-upload");
  expect(seen.headers).not.toHaveProperty("x-hop");
});

test("passes status, reason and repeated headers back", async () => {
  await answerWith((_, outgoing) => {
    outgoing.writeHead(418, "Teapot", ["set-cookie", "a=1", "set-cookie", "b=2"]).end("short");
  });
  const sent = send("/");
  sent.end();
  const response = await responseTo(sent);

  expect(response).toMatchObject({ statusCode: 418, statusMessage: "Teapot" });
  expect(response.headers["set-cookie"]).toEqual(["a=1", "b=2"]);
  expect(await text(response)).toBe("short");
});

test("each request has a connection of its own, which the panel does not close behind its answer", async () => {
  const connections: { readonly socket: Socket; readonly isKept: boolean }[] = [];
  await answerWith(({ socket }, outgoing) => {
    connections.push({ socket, isKept: outgoing.shouldKeepAlive });
    outgoing.end("ok");
  });
  for (const path of ["/first", "/second"]) {
    const sent = send(path);
    sent.end();
    expect(await text(await responseTo(sent))).toBe("ok");
  }

  // A panel that closes it makes a sender that still writes fail before it reads the answer.
  expect(connections.map(({ isKept }) => isKept)).toEqual([true, true]);
  expect(new Set(connections.map(({ socket }) => socket)).size).toBe(2);
  await eventually(() => {
    expect(connections.map(({ socket }) => socket.destroyed)).toEqual([true, true]);
  });
});

test("answers HEAD with the headers and no body", async () => {
  await answerWith((_, outgoing) => outgoing.writeHead(200, { "content-length": 1_000 }).end());
  const sent = send("/", { method: "HEAD" });
  sent.end();
  const response = await responseTo(sent);

  expect(response.headers["content-length"]).toBe("1000");
  expect(await text(response)).toBe("");
});

test("keeps the connection of a client for its next request", async () => {
  await answerWith((_, outgoing) => outgoing.end("ok"));
  const socket = connect(port(), "127.0.0.1");
  const answers: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => answers.push(chunk));
  const ask = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  socket.write(ask);
  await eventually(() => {
    expect(Buffer.concat(answers).toString()).toContain("ok");
  });
  socket.write(ask);

  await eventually(() => {
    expect(Buffer.concat(answers).toString().split("HTTP/1.1 200")).toHaveLength(3);
  });
  socket.destroy();
});

test("the head and each event of a stream arrive at once", async () => {
  const { promise: next, resolve: sendNext } = Promise.withResolvers<undefined>();
  await answerWith((_, outgoing) => {
    outgoing.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders();
    void next.then(() => outgoing.write("data: 1\n\n"));
  });
  const sent = send("/");
  sent.end();
  const response = await responseTo(sent);
  sendNext(undefined);
  const event = await new Promise((resolve) => {
    response.setEncoding("utf8").once("data", resolve);
  });

  expect(event).toBe("data: 1\n\n");
});

test("a large upload waits for its receiver, and arrives whole", async () => {
  const { promise: reading, resolve: read } = Promise.withResolvers<undefined>();
  await answerWith((incoming, outgoing) => {
    void reading.then(() => buffer(incoming)).then((body) => outgoing.end(String(body.length)));
  });
  const sent = send("/", { method: "POST", headers: { expect: "100-continue" } });
  sent.flushHeaders();
  await once(sent, "continue");
  for (let index = 0; index < 24; index += 1) {
    sent.write(Buffer.alloc(MIB));
  }
  sent.end();
  await eventually(() => {
    expect(sent.socket?.bytesWritten).toBeGreaterThan(0);
  });
  // The buffers of two connections are full, and the rest stays with the sender.
  expect(sent.writableLength).toBeGreaterThan(8 * MIB);
  read(undefined);

  expect(await text(await responseTo(sent))).toBe(String(24 * MIB));
});

test("102 tells that the receiver waits for the body, and is not passed back", async () => {
  await answerWith((incoming, outgoing) => {
    outgoing.writeProcessing();
    incoming.pipe(outgoing);
  });
  const sent = send("/", { method: "POST" });
  const informed = vi.fn();
  sent.on("information", informed);
  sent.flushHeaders();
  await eventually(() => {
    expect(processing).toBe(1);
  });
  sent.end("done");

  expect(await text(await responseTo(sent))).toBe("done");
  expect(informed).not.toHaveBeenCalled();
});

test("the receiver is told that the client has disconnected", async () => {
  const { promise: closed, resolve } = Promise.withResolvers<undefined>();
  await answerWith((_, outgoing) => {
    outgoing.once("close", () => {
      resolve(undefined);
    });
    outgoing.write("begin");
  });
  const sent = send("/");
  sent.on("error", () => undefined);
  sent.end();
  await responseTo(sent);
  sent.destroy();

  await closed;
});

test("a response that breaks off does not look complete", async () => {
  await answerWith((incoming, outgoing) => {
    outgoing.write("begin", () => incoming.socket.destroy());
  });
  const sent = send("/");
  sent.end();
  const response = await responseTo(sent);

  await expect(text(response)).rejects.toThrow();
});

test("a response that breaks off does not look complete to HTTP/1.0, where the close is the end", async () => {
  await answerWith((incoming, outgoing) => {
    outgoing.write("begin", () => incoming.socket.destroy());
  });
  const client = connect(port(), "127.0.0.1");
  client.write("GET / HTTP/1.0\r\nHost: x\r\n\r\n");

  await expect(text(client)).rejects.toThrow("ECONNRESET");
});

test("without the panel, a browser gets a sentence in its language and a script gets a problem", async () => {
  const page = send("/devices", {
    headers: { accept: "text/html,*/*", "accept-language": "fr-CA" },
  });
  page.end();
  const shown = await responseTo(page);
  expect(shown.statusCode).toBe(503);
  expect(shown.headers["retry-after"]).toBe("5");
  // A browser loads the page again by itself.
  expect(shown.headers.refresh).toBe("5");
  expect(await text(shown)).toContain("se recharge d'elle-même dans quelques secondes");

  const script = send("/api/imports", { method: "POST" });
  script.end("body");
  const problem = await responseTo(script);
  expect(problem.statusCode).toBe(503);
  expect(problem.headers).toMatchObject({
    "retry-after": "5",
    "content-type": "application/problem+json",
  });
});
