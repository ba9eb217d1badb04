import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { anImage, aPackage } from "#firmware/imports/testing/packages";
import { aCheckBody } from "#phones/check/testing/check-body";
import { databaseUrl } from "#foundation/platform/db/database-url";
import { buildPanel } from "#foundation/platform/testing/build-panel";
import { freePort } from "#foundation/platform/testing/loopback";
import { createBucket } from "#foundation/platform/testing/shared-s3";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { openTcpLine } from "#foundation/platform/testing/tcp-line";
import { startChecks } from "./testing/check-flow.ts";
import { interruptStart } from "./testing/interrupted-start.ts";
import { newToken } from "./testing/new-token.ts";
import type { ServerProcess } from "./testing/server-process.ts";
import { startServer, stopServer, urlsOf } from "./testing/server-process.ts";

// Two hosts: each with a data directory of its own, on one PostgreSQL and one S3 server.

const run = promisify(execFile);
const MINUTE_MS = 60_000;

type Host = { readonly server: ServerProcess; readonly url: string; readonly directory: string };

let line: TcpLine;
let settings: Readonly<Record<string, string>>;
let token: string;
let a: Host;
let b: Host;
const directories: string[] = [];
const servers: ServerProcess[] = [];
const lines: TcpLine[] = [];

beforeAll(async () => {
  await buildPanel();
  const { port, environment } = await createBucket();
  line = await openTcpLine({ host: "127.0.0.1", port });
  settings = {
    ...environment,
    AWS_ENDPOINT_URL: `http://127.0.0.1:${line.port}`,
    DATABASE_URL: await newDatabase(),
    NEXTAUTH_SECRET: randomUUID(),
  };
  a = await startHost();
  token = await newToken(a.directory, settings);
  b = await startInterrupted();
}, 10 * MINUTE_MS);

afterAll(async () => {
  line.mend();
  await Promise.all(servers.map(stopServer));
  [line, ...lines].forEach((one) => {
    one.close();
  });
  await Promise.all(directories.map((one) => rm(one, { recursive: true, force: true })));
});

async function newDatabase(): Promise<string> {
  const url = new URL(databaseUrl());
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const name = `hosts_${randomUUID().replaceAll("-", "")}`;
  await client.query(`create database ${name}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "ucupdates-host-"));
  directories.push(directory);
  return directory;
}

function start(directory: string, more: Readonly<Record<string, string>> = {}): ServerProcess {
  const server = startServer(directory, { ...settings, ...more });
  servers.push(server);
  return server;
}

async function startHost(): Promise<Host> {
  const directory = await newDirectory();
  // The host gets the same port when it starts again.
  const server = start(directory, { PORT: String(await freePort()) });
  return { server, url: (await urlsOf(server)).http, directory };
}

/** A host that loses the database in the middle of its start: it tries again, and starts. */
async function startInterrupted(): Promise<Host> {
  const directory = await newDirectory();
  const { server, line: databaseLine } = await interruptStart(settings.DATABASE_URL ?? "", (more) =>
    start(directory, more),
  );
  lines.push(databaseLine);
  return { server, url: (await urlsOf(server)).http, directory };
}

async function startAgain({ server, url, directory }: Host): Promise<Host> {
  server.child.kill("SIGTERM");
  expect(await server.ended).toBe(0);
  const next = start(directory, { PORT: new URL(url).port });
  await urlsOf(next);
  return { server: next, url, directory };
}

type Post = { readonly body: Blob | string; readonly type: string };

function api(host: Host, path: string, post: Post | null = null): Promise<Response> {
  const headers = new Headers({ authorization: `Bearer ${token}` });
  if (post === null) {
    return fetch(`${host.url}${path}`, { headers });
  }
  headers.set("content-type", post.type);
  return fetch(`${host.url}${path}`, { method: "POST", body: post.body, headers });
}

function upload(host: Host, cabinet: Uint8Array): Promise<Response> {
  return api(host, "/api/imports?fileName=UCUpdates.cab&allPools=true", {
    body: new Blob([Buffer.from(cabinet)]),
    type: "application/octet-stream",
  });
}

const job = z.looseObject({ id: z.string() });
const jobState = z.looseObject({ phase: z.string(), state: z.string() });

async function uploaded(host: Host, cabinet: Uint8Array): Promise<string> {
  const response = await upload(host, cabinet);
  expect(response.status).toBe(202);
  return job.parse(await response.json()).id;
}

async function stateOf(host: Host, importId: string): Promise<string> {
  const response = await api(host, `/api/imports/${importId}`);
  return jobState.parse(await response.json()).state;
}

async function imported(host: Host, importId: string): Promise<void> {
  await expect.poll(() => stateOf(host, importId), { timeout: MINUTE_MS }).toBe("succeeded");
}

const rules = z.object({
  rules: z.array(z.looseObject({ id: z.string(), generation: z.number() })),
});

async function findRules(host: Host, model: string): Promise<z.infer<typeof rules>> {
  return rules.parse(await (await api(host, `/api/rules?model=${model}`)).json());
}

async function approve(host: Host, model: string): Promise<void> {
  const found = await findRules(host, model);
  const response = await api(host, "/api/rules/review", {
    body: JSON.stringify({
      action: "approve",
      rules: found.rules.map(({ id }) => ({ ruleId: id })),
    }),
    type: "application/json",
  });
  expect(await response.json()).toMatchObject({ failed: [], skipped: [] });
}

const answer = z.looseObject({
  modules: z.array(
    z.looseObject({
      version: z.string(),
      files: z.array(z.looseObject({ role: z.string(), internalUrl: z.string() })),
    }),
  ),
});

/** The path of the image that a phone of the model is offered; null if nothing is due. */
async function offered(host: Host, model: string): Promise<string | null> {
  const response = await fetch(`${host.url}/api/update/check`, {
    method: "POST",
    body: aCheckBody("json", { model, macAddress: "0004F2000176", trigger: "boot" }),
    headers: { "content-type": "application/json" },
  });
  const { modules } = answer.parse(await response.json());
  const url = modules[0]?.files.find(({ role }) => role === "image")?.internalUrl;
  return url === undefined ? null : new URL(url).pathname;
}

async function downloaded(host: Host, path: string | null): Promise<Buffer | number> {
  const response = await fetch(`${host.url}${path ?? ""}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  return response.status === 200 ? bytes : response.status;
}

async function healthOf(host: Host): Promise<unknown> {
  return (await fetch(`${host.url}/api/health`)).json();
}

/** What a load balancer reads. */
async function readinessOf(host: Host): Promise<unknown> {
  const response = await fetch(`${host.url}/readyz`);
  const lines = (await response.text()).split("\n");
  const content = lines.find((line) => line.startsWith("content:"));
  return { code: response.status, status: lines[0], content };
}

test("imports on one host, approves on the other, and downloads from both", async () => {
  const image = anImage("CX600", 3_000_000);
  const cabinet = aPackage([{ model: "CX600", version: "4.0.1", image }]);
  const importId = await uploaded(a, cabinet);
  await imported(b, importId);
  expect(await offered(a, "CX600")).toBeNull();

  await approve(b, "CX600");

  // One second, and what a busy machine adds to it.
  await expect.poll(() => offered(a, "CX600"), { interval: 20, timeout: 5_000 }).not.toBeNull();
  const path = await offered(a, "CX600");
  await expect.poll(() => offered(b, "CX600")).toBe(path);
  for (const host of [a, b]) {
    const bytes = await downloaded(host, path);
    expect(Buffer.isBuffer(bytes) && bytes.equals(image)).toBe(true);
    expect(await healthOf(host)).toMatchObject({ status: "ready", contentStore: "reachable" });
  }
});

test("of two administrators who review the same rule on two hosts at once, one is refused", async () => {
  await imported(
    a,
    await uploaded(a, aPackage([{ model: "CX500", version: "4.0.1", image: anImage("CX500") }])),
  );
  const [rule] = (await findRules(a, "CX500")).rules;
  const review = async (host: Host, action: string): Promise<string> => {
    const seen = [{ ruleId: rule?.id, generation: rule?.generation }];
    const body = JSON.stringify({ action, rules: seen });
    const response = await api(host, "/api/rules/review", { body, type: "application/json" });
    return JSON.stringify(await response.json());
  };

  const answers = await Promise.all([review(a, "approve"), review(b, "reset")]);

  expect(answers.filter((text) => text.includes('"failed":[]'))).toHaveLength(1);
  expect(answers.filter((text) => text.includes("conflict"))).toHaveLength(1);
});

/** The statuses of requests with wrong tokens, sent one after the other. */
async function guess(host: Host, times: number): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let count = 0; count < times; count += 1) {
    const headers = { authorization: `Bearer uc_${randomUUID()}` };
    statuses.push((await fetch(`${host.url}/api/rules`, { headers })).status);
  }
  return statuses;
}

test("wrong tokens on one host count on the other, and a token in use stays valid on both", async () => {
  expect(await guess(a, 20)).toEqual(Array.from({ length: 20 }, () => 401));
  // The other host learns of them with its first.
  expect(await guess(b, 2)).toEqual([401, 429]);

  for (const host of [a, b]) {
    expect((await api(host, "/api/rules")).status).toBe(200);
  }
});

test("refuses a host with a store of its own, and does not disturb the others", async () => {
  const directory = await newDirectory();
  const third = start(directory, { CONTENT_STORE: "" });

  expect(await third.ended).toBe(1);

  expect(third.output().trim()).toBe(
    `The server on ${hostname()} uses this database with another content store than ${directory}: set CONTENT_STORE on every host to the same shared directory or to the same bucket (s3://bucket/prefix).`,
  );
  expect(await healthOf(a)).toMatchObject({ status: "ready" });
});

test("refuses a bucket that does not exist with one sentence", async () => {
  const third = start(await newDirectory(), { CONTENT_STORE: "s3://absent-bucket/x" });

  expect(await third.ended).toBe(1);

  expect(third.output().trim()).toMatch(
    /^The content store s3:\/\/absent-bucket\/x\/ cannot be used \(\w+\): check CONTENT_STORE, [^\n]+$/,
  );
});

test(
  "serves copies while the S3 server is away, refuses what needs it, and recovers",
  async () => {
    const path = await offered(b, "CX600");
    const bytes = await downloaded(b, path);
    const other = aPackage([
      { model: "CX700", version: "4.0.2", image: anImage("CX700", 500_000) },
    ]);
    const copiesBefore = await countCopies(a);
    await imported(a, await uploaded(a, other));
    // Either host may have taken the job. The one that did not has no copy of the new image.
    const stranger = (await countCopies(a)) > copiesBefore ? b : a;
    await approve(a, "CX700");
    await expect.poll(() => offered(stranger, "CX700"), { timeout: 5_000 }).not.toBeNull();
    const newPath = await offered(stranger, "CX700");
    line.cut();

    expect(await downloaded(b, path)).toEqual(bytes);
    const refused = await fetch(`${stranger.url}${newPath ?? ""}`);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    const response = await upload(a, aPackage());
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ reason: { code: "content_store_away" } });
    expect(await healthOf(b)).toMatchObject({ status: "degraded", contentStore: "away" });
    // Phones are answered, so a load balancer must keep the host.
    await expect
      .poll(() => readinessOf(b), { timeout: 15_000 })
      .toEqual({ code: 200, status: "degraded", content: "content: unwritable" });

    line.mend();
    await expect
      .poll(() => downloaded(stranger, newPath), { timeout: 15_000 })
      .toBeInstanceOf(Buffer);
    await expect
      .poll(() => healthOf(b), { timeout: 15_000 })
      .toMatchObject({ status: "ready", contentStore: "reachable" });
    await expect
      .poll(() => readinessOf(b), { timeout: 15_000 })
      .toEqual({ code: 200, status: "ready", content: "content: ok" });
  },
  2 * MINUTE_MS,
);

/** The number of files in the cache of a host. */
async function countCopies({ directory }: Host): Promise<number> {
  const { stdout } = await run("find", [join(directory, "cache", "files"), "-type", "f"]).catch(
    () => ({ stdout: "" }),
  );
  return stdout.split("\n").length;
}

test(
  "a rolling restart of both hosts under load fails no check",
  async () => {
    const ports = [a, b].map(({ url }) => Number(new URL(url).port));
    const checks = startChecks(ports);
    a = await startAgain(a);
    b = await startAgain(b);

    expect(await checks.stop()).toEqual([]);
    expect(checks.answered()).toBeGreaterThan(100);
    expect(await healthOf(b)).toMatchObject({ status: "ready" });
  },
  4 * MINUTE_MS,
);

/** Adds a column to every table and records a migration, as a newer release does that is started beside this one. */
async function migrateLikeNewerRelease(name: string): Promise<void> {
  const client = new pg.Client({ connectionString: settings.DATABASE_URL });
  await client.connect();
  try {
    const { rows } = await client.query<{ table: string }>(
      `select oid::regclass::text as table from pg_class
         where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
           and not relispartition and relname <> '_prisma_migrations'`,
    );
    for (const { table } of rows) {
      await client.query(`alter table ${table} add column "addedLater" text default 'later'`);
    }
    await client.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
         values ($1, '', $2, now(), 1)`,
      [randomUUID(), name],
    );
  } finally {
    await client.end();
  }
}

test(
  "in a rolling upgrade, the hosts of the older release go on while the newer one adds to all tables",
  async () => {
    const checks = startChecks([a, b].map(({ url }) => Number(new URL(url).port)));
    const name = "29990101000000_later";

    await migrateLikeNewerRelease(name);

    const image = anImage("CX700", 500_000);
    await imported(a, await uploaded(a, aPackage([{ model: "CX700", version: "4.0.4", image }])));
    await approve(b, "CX700");
    await expect.poll(() => offered(a, "CX700")).not.toBeNull();
    for (const host of [a, b]) {
      const statuses = await Promise.all(
        ["devices", "rules", "roll-outs", "sites"].map(
          async (list) => (await api(host, `/api/${list}`)).status,
        ),
      );
      expect(statuses).toEqual([200, 200, 200, 200]);
      expect(await healthOf(host)).toMatchObject({ status: "ready" });
    }
    expect(await checks.stop()).toEqual([]);
    const third = start(await newDirectory());
    expect(await third.ended).not.toBe(0);
    expect(third.output()).toContain(`it has the migration ${name}`);
  },
  4 * MINUTE_MS,
);

test(
  "the other host finishes an import whose host is killed after the upload",
  async () => {
    const image = anImage("CX3000", 30_000_000);
    const importId = await uploaded(a, aPackage([{ model: "CX3000", version: "4.0.3", image }]));
    a.server.child.kill("SIGKILL");
    await a.server.ended;

    await imported(b, importId);

    await approve(b, "CX3000");
    await expect.poll(() => offered(b, "CX3000")).not.toBeNull();
    const bytes = await downloaded(b, await offered(b, "CX3000"));
    expect(Buffer.isBuffer(bytes) && bytes.equals(image)).toBe(true);
  },
  2 * MINUTE_MS,
);
