import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { request } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { aCheckBody } from "#phones/check/testing/check-body";
import { deviceService } from "#phones/device-api/testing/device-service";
import type { StoredUpdate } from "#phones/check/testing/stored-update";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import { createDeviceApp } from "#phones/device-api/app";
import type { DeviceSummary } from "#fleet/devices/model";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { listDevices } from "#phones/inventory/server/list-devices";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { openDatabaseLine } from "#foundation/platform/testing/database-line";
import { aPool, act } from "#firmware/rules/testing/rules";
import type { PhoneFault } from "#programs/simulator/options";
import { runPhone } from "#programs/simulator/run-phone";
import { aPhoneFolder, phoneOptions } from "#programs/simulator/testing/phones";

const OLD = "4.0.7577.4100";
const NEW = "4.0.7577.4387";
/** Larger than the network buffers, so that a connection can break in the middle. */
const IMAGE = randomBytes(24 * 1024 * 1024);
const FOLDER = `/api/update/files/UCPhone/POLYCOM/CX600/A/ENU/${NEW}/CPE`;
const DAY_MS = 24 * 60 * 60 * 1000;

let line: TcpLine;
let update: StoredUpdate;

beforeAll(async () => {
  line = await openDatabaseLine();
});

afterAll(() => {
  line.close();
});

const { internal: server, flush } = deviceService();

beforeEach(async () => {
  const pool = await aPool();
  update = await aStoredUpdate(pool, { version: NEW, image: IMAGE });
  await act("approve", update.ruleId);
  await reloadRules();
});

afterEach(() => {
  line.mend();
});

async function ask(version: string, trigger: string, serialNumber = "S1"): Promise<void> {
  const { status } = await server.send({
    method: "POST",
    path: "/api/update/check",
    headers: { "content-type": "application/json" },
    body: aCheckBody("json", { serialNumber, trigger, version }),
  });
  expect(status).toBe(200);
}

async function load(headers: Record<string, string> = {}, file = "CPE.nbt"): Promise<number> {
  return (await server.send({ path: `${FOLDER}/${file}`, headers })).status;
}

async function phone(now = new Date()): Promise<DeviceSummary | undefined> {
  await flush();
  const { devices } = await listDevices(aContext({ now }), EVERY_DEVICE);
  return devices[0];
}

async function progress(now?: Date): Promise<DeviceSummary["progress"] | undefined> {
  return (await phone(now))?.progress;
}

test("shows an update as offered, downloading, downloaded and running, each only once it is proven", async () => {
  await ask(OLD, "boot");
  expect(await progress()).toBe("offered");

  expect(await load({ range: "bytes=0-999" })).toBe(206);
  expect(await progress()).toBe("downloading");

  expect(await load({ range: "bytes=1000-" })).toBe(206);
  // The phone can receive the last byte shortly before the server knows that it was sent.
  await vi.waitFor(
    async () => {
      expect(await progress()).toBe("downloaded");
    },
    { timeout: 20_000 },
  );

  await ask(OLD, "signin");
  expect(await progress()).toBe("downloaded");

  await ask(NEW, "boot");
  expect(await phone()).toMatchObject({
    progress: "running",
    version: NEW,
    updates: [{ updateType: "CPE", version: NEW, fromVersion: OLD, fellBackAt: null }],
  });
});

test.each([
  [
    "a HEAD request for the image",
    () => server.send({ method: "HEAD", path: `${FOLDER}/CPE.nbt` }),
  ],
  ["an image that the phone has", () => load({ "if-none-match": `"${update.sha256}"` })],
  ["a range beyond the end", () => load({ range: `bytes=${IMAGE.length}-` })],
  ["the signature", () => load({}, "CPE.cat")],
  ["the description", () => load({}, "CPE.xml")],
] as const)("does not count %s as a download", async (_, happen) => {
  await ask(OLD, "boot");
  await happen();

  expect(await progress()).toBe("offered");
});

test("does not count an interrupted download as finished", async () => {
  await ask(OLD, "boot");
  const outgoing = request({ host: "127.0.0.1", port: server.port, path: `${FOLDER}/CPE.nbt` });
  outgoing.on("error", () => undefined);
  outgoing.on("response", (incoming) => {
    incoming.on("error", () => undefined);
    incoming.once("data", () => outgoing.destroy());
  });
  outgoing.end();
  await once(outgoing, "close");

  expect(await progress()).toBe("downloading");
});

test("shows neither of two phones behind one address as downloading", async () => {
  await ask(OLD, "boot", "S1");
  await ask(OLD, "boot", "S2");
  await load();

  await flush();
  const { devices } = await listDevices(aContext(), EVERY_DEVICE);
  expect(devices.map((device) => device.progress)).toEqual(["offered", "offered"]);
});

test("with Next as the host, counts content that was read to its end as downloaded", async () => {
  const app = createDeviceApp({ side: "internal" });
  await ask(OLD, "boot");
  const response = await app.fetch(new Request(`http://localhost${FOLDER}/CPE.nbt`), {
    address: "127.0.0.1",
  });
  expect(await progress()).toBe("downloading");

  expect((await response.arrayBuffer()).byteLength).toBe(IMAGE.length);

  expect(await progress()).toBe("downloaded");
});

test("keeps checks and downloads while PostgreSQL is down, and records them once it is back", async () => {
  await flush();
  line.cut();
  await ask(OLD, "boot");
  await load();
  await ask(OLD, "boot");
  expect(await flush()).toBe(false);

  line.mend();

  await vi.waitFor(
    async () => {
      expect(await progress()).toBe("fell_back");
    },
    { timeout: 20_000, interval: 200 },
  );
});

/** Runs a simulated phone, ten thousand times faster than real time. */
async function live(fault: PhoneFault | null): Promise<string> {
  await using folder = await aPhoneFolder();
  const url = new URL(`http://127.0.0.1:${server.port}`);
  const options = phoneOptions(
    { ...folder, url },
    { fault, filesFrom: "check_server", timeScale: 10_000 },
  );
  const { signal } = new AbortController();
  return (await runPhone(options, { signal, onEvent: () => undefined })).ending;
}

test("shows a phone that updates itself as running the update", async () => {
  expect(await live(null)).toBe("nothing_due");

  const [found] = (await phone())?.updates ?? [];
  expect(found).toMatchObject({ state: "running", version: NEW, fromVersion: OLD });
  const moments = [found?.offeredAt, found?.startedAt, found?.downloadedAt, found?.runningAt];
  expect(moments.map((at) => at instanceof Date)).toEqual([true, true, true, true]);
  expect(moments.toSorted((a, b) => Number(a) - Number(b))).toEqual(moments);
});

test("shows a phone that returns with the old version as fallen back, until it runs the new one", async () => {
  expect(await live("fails_to_install")).toBe("still_offered");
  expect(await progress()).toBe("fell_back");

  expect(await live(null)).toBe("nothing_due");
  expect(await progress()).toBe("running");
});

test("shows a phone that vanishes with an update as never come back, after two missed checks", async () => {
  expect(await live("vanishes_after_download")).toBe("vanished");
  const lastSeenAt = (await phone())?.lastSeenAt.getTime() ?? 0;

  expect(await progress(new Date(lastSeenAt + 2 * DAY_MS))).toBe("downloaded");
  expect(await progress(new Date(lastSeenAt + 2 * DAY_MS + 1))).toBe("never_came_back");

  expect(await live(null)).toBe("nothing_due");
  expect(await progress(new Date(lastSeenAt + 9 * DAY_MS))).toBe("running");
});
