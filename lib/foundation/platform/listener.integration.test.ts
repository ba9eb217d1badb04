import { once } from "node:events";
import { Server } from "node:http";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { testEnvironment } from "#foundation/platform/testing/environment";
import type { Listener } from "#foundation/platform/listener";
import { openListener } from "#foundation/platform/listener";

const REQUEST = "GET / HTTP/1.1\r\nHost: pool01.contoso.com\r\n\r\n";

let listener: Listener;
let served = 0;

testEnvironment({ MAX_CONNECTIONS_PER_ADDRESS: "1" });

beforeAll(async () => {
  listener = await openListener({
    port: 0,
    host: "127.0.0.1",
    setting: "PORT",
    certificate: null,
    requestTimeoutMs: 30_000,
  });
  listener.serve((_, response) => {
    served += 1;
    response.end("served");
  });
});

afterAll(async () => {
  await listener.close(0);
});

async function open(): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port: listener.port });
  await once(socket, "connect");
  return socket;
}

test("does not handle requests on a connection beyond the limit", async () => {
  const first = await open();
  first.write(REQUEST);
  await once(first, "data");
  expect(served).toBe(1);

  const second = await open();
  second.write(REQUEST);

  expect(await text(second)).toMatch(/^HTTP\/1\.1 503 [^]*\r\nRetry-After: \d+\r\n/);
  expect(served).toBe(1);
  first.destroy();
});

test("closing ends connections that speak another protocol", { timeout: 10_000 }, async () => {
  const closing = await openListener({
    port: 0,
    host: "127.0.0.1",
    setting: "EXTERNAL_PORT",
    certificate: null,
    requestTimeoutMs: 30_000,
  });
  closing.serve((request, response) => {
    // Next upgrades the connections of browsers that receive live reloads in the same way.
    const { server } = z.object({ server: z.instanceof(Server) }).parse(request.socket);
    server.on("upgrade", (_, socket) => {
      socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\n\r\n");
    });
    response.end("served");
  });
  const socket = connect({ host: "127.0.0.1", port: closing.port });
  socket.write(REQUEST);
  await once(socket, "data");
  socket.write(REQUEST.replace("\r\n\r\n", "\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n"));
  await once(socket, "data");

  await closing.close(0);
});
