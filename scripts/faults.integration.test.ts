import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import type { Socket } from "node:net";
import process from "node:process";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { anImage, aPackage } from "#firmware/imports/testing/packages";
import {
  embeddedPaths,
  readPostmaster,
  urlOfRunningEmbedded,
} from "#foundation/platform/db/embedded-paths";
import { buildPanel } from "#foundation/platform/testing/build-panel";
import type { CheckFlow } from "./testing/check-flow.ts";
import { startChecks } from "./testing/check-flow.ts";
import { newDataDirectory } from "./testing/new-data-directory.ts";
import { newToken } from "./testing/new-token.ts";
import type { ServerProcess } from "./testing/server-process.ts";
import { startServer, stopServer, urlsOf } from "./testing/server-process.ts";
import type { SmallDisk } from "./testing/small-disk.ts";
import { mountSmallDisk } from "./testing/small-disk.ts";

/** One server that faults are done to while phones check. */

const WAIT = { timeout: 50_000, interval: 50 };
const MIB = 1024 ** 2;
const CONTENT_DISK_MIB = 100;
const DATA_DISK_MIB = 400;
const HALF_OPEN = 500;

let dataDirectory: string;
let contentDisk: SmallDisk;
let dataDisk: SmallDisk;
let server: ServerProcess;
let url: string;
let port: number;
let token: string;

beforeAll(async () => {
  await buildPanel();
  contentDisk = await mountSmallDisk(CONTENT_DISK_MIB);
  dataDisk = await mountSmallDisk(DATA_DISK_MIB);
  dataDirectory = await newDataDirectory("faults", dataDisk.directory);
  const settings = { CONTENT_STORE: contentDisk.directory, LOG_STORE_FREE_BYTES: "0" };
  server = startServer(dataDirectory, { ...settings, PHONE_PROCESSES: "2", LOG_LEVEL: "fatal" });
  url = (await urlsOf(server)).http.replace("localhost", "127.0.0.1");
  port = Number(new URL(url).port);
  token = await newToken(dataDirectory, { ...settings, DATABASE_URL: "" });
}, 400_000);

afterAll(async () => {
  await stopServer(server);
  await dataDisk.remove();
  await contentDisk.remove();
});

async function countChecks(): Promise<number> {
  const client = new pg.Client({
    connectionString: urlOfRunningEmbedded(dataDirectory) ?? "",
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int from "DeviceCheck"`,
    );
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}

function postmaster(): number {
  return readPostmaster(embeddedPaths(dataDirectory))?.pid ?? 0;
}

/** PostgreSQL: the postmaster and the processes that it started. */
async function postgresProcesses(): Promise<readonly number[]> {
  const pid = postmaster();
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  return [pid, ...children.trim().split(" ").map(Number)];
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // A connection that ended by itself.
    }
  }
}

/** The first line of the answer of `/readyz`, and its part about the database. */
async function readiness(): Promise<string> {
  const text = await (await fetch(`${url}/readyz`)).text();
  return `${text.split("\n", 1)[0] ?? ""}, ${/^database: .*$/m.exec(text)?.[0] ?? ""}`;
}

async function untilAnswered(checks: CheckFlow, more: number): Promise<void> {
  const before = checks.answered();
  await vi.waitFor(() => {
    expect(checks.answered()).toBeGreaterThan(before + more);
  }, WAIT);
}

/** Ends the flow. The next test counts from here, so it must not get checks of this one. */
async function expectAllRecorded(checks: CheckFlow, before: number): Promise<void> {
  expect(await checks.stop()).toEqual([]);
  await vi.waitFor(async () => {
    expect((await countChecks()) - before).toBeGreaterThanOrEqual(checks.answered());
  }, WAIT);
}

async function upload(cabinet: Uint8Array): Promise<Response> {
  return fetch(`${url}/api/imports?fileName=UCUpdates.cab&allPools=true`, {
    method: "POST",
    body: new Blob([Buffer.from(cabinet)]),
    headers: { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" },
  });
}

async function untilImported(uploaded: Response): Promise<void> {
  expect(uploaded.status).toBe(202);
  const { id } = z.looseObject({ id: z.string() }).parse(await uploaded.json());
  const state = async (): Promise<unknown> => {
    const response = await fetch(`${url}/api/imports/${id}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return z.looseObject({ state: z.string() }).parse(await response.json()).state;
  };
  await expect.poll(state, WAIT).toBe("succeeded");
}

test("PostgreSQL hangs and is then killed: every check is answered and recorded", async () => {
  const before = await countChecks();
  const checks = startChecks(port);
  await untilAnswered(checks, 50);
  const hanging = await postgresProcesses();
  signal(hanging, "SIGSTOP");
  await untilAnswered(checks, 200);
  await expect.poll(readiness, WAIT).toBe("degraded, database: away");
  await untilAnswered(checks, 50);

  signal(hanging, "SIGKILL");

  await vi.waitFor(() => {
    expect(postmaster()).not.toBe(hanging[0]);
  }, WAIT);
  await expect.poll(readiness, WAIT).toBe("ready, database: ok");
  await expectAllRecorded(checks, before);
}, 120_000);

test("a full disk: the upload is refused with one sentence, checks go on, and the next upload is imported", async () => {
  const before = await countChecks();
  const checks = startChecks(port);
  await contentDisk.fill(MIB / 16);
  const cabinet = aPackage([
    { model: "CX600", version: "4.0.1", image: anImage("CX600", 5 * MIB) },
  ]);

  const refused = await upload(cabinet);

  expect(await refused.json()).toMatchObject({
    detail: "The disk with the data directory is full. Make room and upload the file again.",
    reason: { code: "upload_disk_full" },
  });
  await untilAnswered(checks, 20);
  await contentDisk.empty();
  await untilImported(await upload(cabinet));
  await expectAllRecorded(checks, before);
}, 120_000);

test("the disk of PostgreSQL is full: phones are answered, and what was acknowledged is kept", async () => {
  const before = await countChecks();
  const checks = startChecks(port);
  await untilAnswered(checks, 50);
  await dataDisk.fill(0);
  // It ends if its log cannot be written, and is started again.
  await expect.poll(readiness, WAIT).toMatch(/^degraded, database: (?:unwritable|away)$/);
  await untilAnswered(checks, 100);

  // Its few rows may fit into pages that the tables have already.
  const during = await upload(aPackage());

  expect([202, 503]).toContain(during.status);
  await dataDisk.empty();
  await expect.poll(readiness, WAIT).toBe("ready, database: ok");
  await expectAllRecorded(checks, before);
  await untilImported(during.status === 202 ? during : await upload(aPackage()));
}, 180_000);

/** A phone that has sent half of a request, and nothing since. */
async function halfOpen(): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(
    "POST /api/update/check HTTP/1.1\r\nhost: localhost\r\ncontent-length: 500\r\n\r\n{",
  );
  return socket;
}

test(`${HALF_OPEN} half-open phones do not keep the others waiting`, async () => {
  const silent = await Promise.all(Array.from({ length: HALF_OPEN }, halfOpen));
  const checks = startChecks(port);

  await untilAnswered(checks, 200);

  expect(await checks.stop()).toEqual([]);
  expect(silent.filter(({ destroyed }) => destroyed)).toEqual([]);
  silent.forEach((socket) => socket.destroy());
});
