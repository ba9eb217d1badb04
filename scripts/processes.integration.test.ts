import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { request } from "node:http";
import type { IncomingMessage } from "node:http";
import { getPriority } from "node:os";
import process from "node:process";
import pg from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { writeCabinet } from "#formats/cab/testing/cab-writer";
import {
  embeddedPaths,
  embeddedUrl,
  readPassword,
  readPostmaster,
} from "#foundation/platform/db/embedded-paths";
import { isProcessAlive } from "#foundation/platform/process-alive";
import { buildPanel } from "#foundation/platform/testing/build-panel";
import { startChecks } from "./testing/check-flow.ts";
import { newDataDirectory } from "./testing/new-data-directory.ts";
import { signIn } from "./testing/panel-session.ts";
import type { ServerProcess } from "./testing/server-process.ts";
import { processesOf, startServer, stopServer, urlsOf } from "./testing/server-process.ts";

/** One server whose processes are killed one after the other. The tests depend on their order. */

const PASSWORD = "the first administrator";
const MIB = 1024 ** 2;
const WAIT = { timeout: 100_000, interval: 50 };
const AT_ONCE = 4;

let dataDirectory: string;
let server: ServerProcess;
let url: string;
let port: number;

beforeAll(async () => {
  await buildPanel();
  dataDirectory = await newDataDirectory("processes");
  await start();
}, 400_000);

afterAll(async () => {
  await stopServer(server);
  await rm(dataDirectory, { recursive: true, force: true });
});

async function start(): Promise<void> {
  server = startServer(dataDirectory, {
    ADMIN_PASSWORD: PASSWORD,
    POOL_FQDN: "pool01.contoso.com",
    PHONE_PROCESSES: "2",
    LOG_LEVEL: "fatal",
  });
  url = (await urlsOf(server)).http.replace("localhost", "127.0.0.1");
  port = Number(new URL(url).port);
}

async function kill(name: string): Promise<void> {
  const pid = (await processesOf(server)).get(name);
  expect(pid).toBeGreaterThan(0);
  process.kill(pid ?? 0, "SIGKILL");
}

async function untilReadyAgain(name: string, restarts = 1): Promise<void> {
  await vi.waitFor(async () => {
    const metrics = await (await fetch(`${url}/api/metrics`)).text();
    expect(metrics).toContain(`ucupdates_process_restarts_total{process="${name}"} ${restarts}\n`);
    expect(metrics).toContain(`ucupdates_process_up{process="${name}"} 1\n`);
  }, WAIT);
}

async function query<T extends pg.QueryResultRow>(sql: string): Promise<readonly T[]> {
  const paths = embeddedPaths(dataDirectory);
  const client = new pg.Client({
    connectionString: embeddedUrl(readPostmaster(paths)?.port ?? 0, readPassword(paths) ?? ""),
  });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Uploads a package in pieces of one MiB. Returns the id of the import. */
async function upload(cookie: string, pieces: Iterable<Uint8Array>): Promise<string> {
  const sent = request({
    host: "127.0.0.1",
    port,
    path: "/api/imports?fileName=a.cab&allPools=true",
    method: "POST",
    headers: { cookie, origin: url, "sec-fetch-site": "same-origin" },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once("response", resolve).once("error", reject);
  });
  for (const piece of pieces) {
    if (!sent.write(piece)) {
      await once(sent, "drain");
    }
  }
  sent.end();
  expect((await answered).statusCode).toBe(202);
  const [job] = await query<{ id: string }>(
    `select id from "ImportJob" order by "createdAt" desc limit 1`,
  );
  return job?.id ?? "";
}

test("phones have precedence over people and jobs", async () => {
  // The server is ready before the worker is.
  await vi.waitFor(async () => {
    const named = [...(await processesOf(server))];
    const priorities = Object.fromEntries(named.map(([name, pid]) => [name, getPriority(pid)]));
    expect(priorities).toMatchObject({ "phones-1": 0, "phones-2": 0, panel: 10, worker: 10 });
  }, WAIT);
});

test("a killed process for phones breaks only its own connections, and another one starts", async () => {
  const checks = startChecks(port, AT_ONCE);
  await vi.waitFor(() => {
    expect(checks.answered()).toBeGreaterThan(50);
  }, WAIT);
  await kill("phones-1");
  await untilReadyAgain("phones-1");
  const failures = await checks.stop();

  expect(failures.filter((failure) => failure !== "ECONNRESET")).toEqual([]);
  expect(failures.length).toBeLessThanOrEqual(AT_ONCE);
});

test("without any process for phones, connections wait instead of being refused", async () => {
  await kill("phones-1");
  await kill("phones-2");
  const checks = startChecks(port, AT_ONCE);
  await vi.waitFor(() => {
    expect(checks.answered()).toBeGreaterThan(0);
  }, WAIT);

  expect(await checks.stop()).toEqual([]);
  await untilReadyAgain("phones-1", 2);
  await untilReadyAgain("phones-2");
});

test("a killed panel: phones are answered, people get a sentence, and the panel comes back", async () => {
  const checks = startChecks(port, AT_ONCE);
  await kill("panel");
  const page = await fetch(`${url}/sign-in`, { headers: { accept: "text/html" } });
  expect(page.status).toBe(503);
  expect(page.headers.get("retry-after")).toBe("5");
  expect(await page.text()).toContain("The panel is starting or busy");
  expect((await fetch(`${url}/api/health`)).status).toBe(200);

  await vi.waitFor(async () => {
    const again = await fetch(`${url}/sign-in`);
    await again.text();
    expect(again.status).toBe(200);
  }, WAIT);
  expect(await checks.stop()).toEqual([]);
});

test("a client cannot forge its address", async () => {
  await signIn(url, {
    password: "not the password",
    headers: { "x-ucupdates-address": "10.9.9.9" },
  });

  const refused = await query<{ facts: unknown }>(
    `select facts from "AuditEntry" where action = 'account.refused'`,
  );
  expect(refused).toMatchObject([{ facts: { address: "127.0.0.1" } }]);
});

test("a large upload passes through without being held in memory", async () => {
  const cookie = await signIn(url, { password: PASSWORD });
  const sizeMib = 200;
  const id = await upload(
    cookie,
    Array.from({ length: sizeMib }, () => Buffer.alloc(MIB)),
  );

  const [job] = await query<{ sizeBytes: string }>(
    `select "sizeBytes"::text from "ImportJob" where id = '${id}'`,
  );
  expect(Number(job?.sizeBytes)).toBe(sizeMib * MIB);
  for (const [name, pid] of await processesOf(server)) {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    const peakMb = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    expect(peakMb, name).toBeLessThan(name === "panel" ? 800 : 400);
  }
}, 120_000);

test("an import goes on after its worker was killed", async () => {
  const cookie = await signIn(url, { password: PASSWORD });
  const files = Array.from({ length: 200 }, (_, index) => ({
    name: `image${index}.bin`,
    data: randomBytes(200_000),
  }));
  const worker = (await processesOf(server)).get("worker") ?? 0;
  expect(worker).toBeGreaterThan(0);
  const id = await upload(cookie, [writeCabinet({ folders: [{ files }] })]);
  const state = async (): Promise<string | undefined> => {
    const [job] = await query<{ state: string }>(
      `select state::text from "ImportJob" where id = '${id}'`,
    );
    return job?.state;
  };
  await vi.waitFor(async () => {
    expect(await state()).not.toBe("queued");
  }, WAIT);
  process.kill(worker, "SIGKILL");
  const killedIn = await state();

  // The images have no description, so the import ends with a question.
  await vi.waitFor(async () => {
    expect(await state()).toBe("needs_details");
  }, WAIT);
  expect(killedIn).toBe("unpacking");
  await untilReadyAgain("worker");
}, 120_000);

test("a killed supervisor leaves no process behind, and the next start works", async () => {
  const pids = [...(await processesOf(server)).values()];
  server.child.kill("SIGKILL");
  await server.ended;
  await vi.waitFor(() => {
    expect(pids.filter(isProcessAlive)).toEqual([]);
  }, WAIT);

  await start();

  const page = await fetch(`${url}/sign-in`);
  await page.text();
  expect(page.status).toBe(200);
}, 200_000);

test("SIGTERM under load: every answered check is recorded, and PostgreSQL stops", async () => {
  const [before] = await query<{ count: number }>(`select count(*)::int from "DeviceCheck"`);
  const checks = startChecks(port, AT_ONCE);
  await vi.waitFor(() => {
    expect(checks.answered()).toBeGreaterThan(50);
  }, WAIT);
  server.child.kill("SIGTERM");
  expect(await server.ended).toBe(0);
  const failures = await checks.stop();

  // Once the port is closed, phones are refused and retry. The kernel resets connections that it has completed and no
  // process has accepted at that moment: at most one of each phone.
  const broken = failures.filter((failure) => failure !== "ECONNREFUSED");
  expect(broken.filter((failure) => failure !== "ECONNRESET")).toEqual([]);
  expect(broken.length).toBeLessThanOrEqual(AT_ONCE);
  expect(readPostmaster(embeddedPaths(dataDirectory))).toBeNull();

  await start();
  const [after] = await query<{ count: number }>(`select count(*)::int from "DeviceCheck"`);
  expect((after?.count ?? 0) - (before?.count ?? 0)).toBe(checks.answered());
}, 200_000);
