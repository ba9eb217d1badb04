import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { eventually } from "#foundation/core/testing/eventually";
import { deviceService } from "#phones/device-api/testing/device-service";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { sendRaw } from "#phones/device-api/testing/device-server";
import { countTransfers } from "#phones/device-api/transfer-slots";
import { aPool } from "#firmware/rules/testing/rules";

const IMAGE = "/api/update/files/UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt";
/** More than the buffers at both ends of a loopback connection hold. */
const IMAGE_BYTES = 32 * 1024 * 1024;

const { internal: server } = deviceService({
  lifetime: "file",
  env: {
    TRUSTED_PROXIES: "127.0.0.9",
    MAX_TRANSFERS: "6",
    MAX_TRANSFERS_PER_ADDRESS: "4",
    MIN_TRANSFER_BYTES_PER_SECOND: "131072",
    // Longer than it takes to open five downloads, one after the other, on a busy machine.
    TRANSFER_WINDOW_SECONDS: "4",
  },
});
let readers: Socket[] = [];

beforeAll(async () => {
  const image = Buffer.alloc(IMAGE_BYTES, "firmware");
  await aStoredUpdate(await aPool(), { version: "4.0.7577.4387", image });
  await reloadRules();
});

afterEach(async () => {
  readers.forEach((reader) => reader.destroy());
  readers = [];
  await eventually(() => {
    expect(countTransfers()).toBe(0);
  });
});

/** Starts to download the image without reading it. */
async function readSlowly(localAddress: string, headers = ""): Promise<Socket> {
  const before = countTransfers();
  const socket = connect({ host: "127.0.0.1", port: server.port, localAddress });
  readers.push(socket);
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(`GET ${IMAGE} HTTP/1.1\r\nHost: pool01.contoso.com\r\n${headers}\r\n`);
  await eventually(() => {
    expect(countTransfers()).toBe(before + 1);
  });
  return socket;
}

function head(localAddress: string, headers: Record<string, string> = {}) {
  const target = { port: server.port, localAddress };
  return sendRaw(target, { path: IMAGE, headers: { range: "bytes=0-9", ...headers } });
}

async function occupy(count: number, localAddress: string): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await readSlowly(localAddress);
  }
}

test("leaves slots for other addresses when slow readers of one address take their share", async () => {
  await occupy(4, "127.0.0.2");

  const fifth = await head("127.0.0.2");
  expect(fifth.status).toBe(503);
  expect(Number(fifth.headers["retry-after"])).toBeGreaterThan(0);
  expect(fifth.json()).toMatchObject({ type: "/problems/unavailable" });
  expect((await head("127.0.0.3")).status).toBe(206);
});

test("counts slots by the address of the phone behind a trusted proxy", async () => {
  for (let index = 0; index < 4; index += 1) {
    await readSlowly("127.0.0.9", "X-Forwarded-For: 10.0.0.1\r\n");
  }

  expect((await head("127.0.0.9", { "x-forwarded-for": "10.0.0.1" })).status).toBe(503);
  expect((await head("127.0.0.9", { "x-forwarded-for": "10.0.0.2" })).status).toBe(206);
});

test("takes no slot for a response without content", async () => {
  await occupy(4, "127.0.0.2");

  const target = { port: server.port, localAddress: "127.0.0.2" };
  expect((await sendRaw(target, { method: "HEAD", path: IMAGE })).status).toBe(200);
});

test("cuts off a reader below the minimum rate, and releases its slot", async () => {
  const slow = await readSlowly("127.0.0.2");

  await vi.waitFor(
    () => {
      expect(countTransfers()).toBe(0);
    },
    { timeout: 10_000 },
  );
  const received = await text(slow).catch(() => "");
  expect(received.length).toBeLessThan(IMAGE_BYTES);
});

test("sends the whole image to a reader that pauses and then keeps the minimum rate", async () => {
  const slow = await readSlowly("127.0.0.2");
  let received = 0;
  const pause = setInterval(() => slow.pause(), 100);
  const resume = setInterval(() => slow.resume(), 250);
  slow.on("data", (chunk: Buffer) => (received += chunk.length));
  await vi.waitFor(
    () => {
      expect(received).toBeGreaterThan(IMAGE_BYTES);
    },
    { timeout: 30_000 },
  );
  clearInterval(pause);
  clearInterval(resume);
});
