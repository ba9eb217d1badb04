import { connect } from "node:net";
import type { Socket } from "node:net";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { text } from "node:stream/consumers";
import { beforeEach, expect, test } from "vitest";
import { deviceService } from "#phones/device-api/testing/device-service";
import { gateState } from "#phones/device-api/load-gate";
import { db } from "#foundation/platform/db/client";
import { openConnections } from "#foundation/platform/open-connections";
import { CHECK_PATHS } from "#formats/protocol/json";

const { internal: server, flush } = deviceService({ lifetime: "file" });

beforeEach(() => {
  // The lag after a long pause: it takes more than a second until requests are served again.
  gateState().lagMs = 1e9;
});

async function open(): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port: server.port });
  await once(socket, "connect");
  return socket;
}

function head(lengthBytes: number): string {
  return [
    `POST ${CHECK_PATHS.internal} HTTP/1.1`,
    "Host: pool01.contoso.com",
    `Content-Length: ${lengthBytes}`,
    "",
    "",
  ].join("\r\n");
}

test("sheds a phone with Retry-After, records the check, and closes the connection", async () => {
  const response = await server.send({ method: "POST", path: CHECK_PATHS.internal, body: "{}" });

  expect(response.status).toBe(503);
  expect(Number(response.headers["retry-after"])).toBeGreaterThanOrEqual(15);
  expect(response.headers.connection).toBe("close");
  expect(response.json()).toMatchObject({ type: "/problems/unavailable", status: 503 });
  await flush();
  expect(await db.deviceCheck.findMany()).toEqual([
    expect.objectContaining({ outcome: "unavailable", side: "internal", address: "127.0.0.1" }),
  ]);
});

test("sends the whole answer, not a reset, to a shed phone whose body is still arriving", async () => {
  const socket = await open();
  socket.write(head(1_000));
  await delay(100);
  socket.write("x".repeat(500));
  await delay(100);
  gateState().lagMs = 1e9;
  socket.write("x".repeat(500));

  const answer = await text(socket);

  expect(answer).toMatch(/^HTTP\/1\.1 503 /);
  expect(answer).toMatch(/"status":503/);
});

test("closes connections after their answer while very many are open", async () => {
  gateState().lagMs = 0;
  const head = "GET /api/update/nowhere HTTP/1.1\r\nHost: pool01.contoso.com\r\n\r\n";
  const kept = await open();
  kept.write(head);
  const [answer] = (await once(kept, "data")) as [Buffer];
  expect(answer.toString()).toMatch(/^connection: keep-alive/im);

  openConnections("internal").count += 2_001;
  try {
    kept.write(head);
    expect(await text(kept)).toMatch(/^connection: close/im);
  } finally {
    openConnections("internal").count -= 2_001;
  }
});

test("does not read a shed body whose declared length exceeds the limit of checks", async () => {
  const socket = await open();
  socket.write(head(1_000_000));

  expect(await text(socket)).toMatch(/^HTTP\/1\.1 503 /);
});
