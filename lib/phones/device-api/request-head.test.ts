import { createServer } from "node:http";
import type { Server } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withPlainHead } from "#phones/device-api/request-head";
import { listenOnLoopback } from "#foundation/platform/testing/loopback";

let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer(
    withPlainHead(({ headers, rawHeaders }, response) => {
      response.end(`${String(headers.host)} ${rawHeaders.join("=")}`);
    }),
  );
  port = await listenOnLoopback(server);
});

afterAll(() => {
  server.close();
});

async function send(bytes: string): Promise<string> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.write(bytes);
  return text(socket);
}

test("gives a request of HTTP/1.0 without a host the address that it was sent to", async () => {
  const answer = await send("GET /x HTTP/1.0\r\naccept: */*\r\n\r\n");
  expect(answer).toContain(`127.0.0.1:${port} accept=*/*=host=127.0.0.1:${port}`);
});

test("keeps the host of a request of HTTP/1.0 that has one", async () => {
  const answer = await send("GET /x HTTP/1.0\r\nHost: pool01.contoso.com\r\n\r\n");
  expect(answer).toContain("pool01.contoso.com Host=pool01.contoso.com");
});

test("still refuses a request of HTTP/1.0 with an empty host", async () => {
  expect(await send("GET /x HTTP/1.0\r\nHost:\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
});
