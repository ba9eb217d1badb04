import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { buildPanel } from "#foundation/platform/testing/build-panel";
import { copyDatabase } from "#foundation/platform/testing/copy-database";
import { freePort } from "#foundation/platform/testing/loopback";
import { databaseUrl } from "#foundation/platform/db/database-url";
import { embeddedPaths, readPostmaster } from "#foundation/platform/db/embedded-paths";
import { newDataDirectory } from "./testing/new-data-directory.ts";
import type { ServerProcess } from "./testing/server-process.ts";
import { startServer as startServerIn, stopServer, urlsOf } from "./testing/server-process.ts";

let dataDirectory: string;
let servers: ServerProcess[];

beforeAll(buildPanel, 300_000);

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), "ucupdates-server-"));
  servers = [];
});

afterEach(async () => {
  for (const server of servers) {
    await stopServer(server);
  }
  await rm(dataDirectory, { recursive: true, force: true });
});

/** Starts a server as it starts the first time, in the empty data directory. */
function startFresh(settings: Readonly<Record<string, string>> = {}): ServerProcess {
  const server = startServerIn(dataDirectory, settings);
  servers.push(server);
  return server;
}

/** Starts a server with a migrated database, which takes four processor seconds less. */
async function startServer(
  settings: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  await copyDatabase(inject("migrated"), dataDirectory);
  return startFresh(settings);
}

async function failure(settings: Readonly<Record<string, string>>): Promise<string> {
  const server = startFresh(settings);
  expect(await server.ended).toBe(1);
  return server.output().trim();
}

async function urlOf(server: ServerProcess): Promise<string> {
  return (await urlsOf(server)).http;
}

async function statusOf(url: string): Promise<number> {
  const response = await fetch(url, { redirect: "manual" });
  // A response that is not read to its end is still in progress, and the shutdown would wait for it.
  await response.text();
  return response.status;
}

function runsPostgres(): boolean {
  return readPostmaster(embeddedPaths(dataDirectory)) !== null;
}

test("an invalid setting: names it and what it must be", async () => {
  expect(await failure({ PORT: "http" })).toBe("PORT must be a whole number from 0 to 65535.");
});

test("a busy port: names it, and starts nothing", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" ? address?.port : undefined;

  expect(await failure({ PORT: String(port) })).toBe(
    `Port ${port ?? ""} is in use: stop the program that uses it, or set PORT to another one.`,
  );
  expect(runsPostgres()).toBe(false);
  other.close();
});

test("an address of another machine: names it", async () => {
  expect(await failure({ HOST: "192.0.2.1" })).toBe(
    "This machine has no address 192.0.2.1: correct HOST, or unset it to listen on every address.",
  );
});

test("an impossible data directory: names it and the reason", async () => {
  const file = join(dataDirectory, "file");
  await writeFile(file, "");

  expect(await failure({ DATA_DIRECTORY: file })).toBe(
    `The data directory ${file} cannot be used: there is a file of that name: choose another DATA_DIRECTORY.`,
  );
});

test("an unreachable database: names the address, the reason and what to do", async () => {
  expect(await failure({ DATABASE_URL: "postgresql://me:secret@127.0.0.1:1/ucupdates" })).toBe(
    "The PostgreSQL server at 127.0.0.1:1 cannot be reached (ECONNREFUSED): start it, correct DATABASE_URL, or unset DATABASE_URL to use the built-in one.",
  );
});

test("a wrong password: reports it without the password", async () => {
  const url = new URL(databaseUrl());
  url.password = "not-the-password";

  expect(await failure({ DATABASE_URL: url.href })).toBe(
    `The PostgreSQL server at ${url.host} refuses the user or the password: correct DATABASE_URL.`,
  );
});

test("a missing database: reports it", async () => {
  const url = new URL(databaseUrl());
  url.pathname = "/absent";

  expect(await failure({ DATABASE_URL: url.href })).toBe(
    `The PostgreSQL server at ${url.host} has no database of that name: create it, or correct DATABASE_URL.`,
  );
});

test("a PostgreSQL that is too old: names the required version", async () => {
  const client = new pg.Client({ connectionString: databaseUrl() });
  await client.connect();
  const url = new URL(databaseUrl());
  url.pathname = "/pretends";
  try {
    await client.query("create database pretends");
    await client.query("alter database pretends set search_path = public, pg_catalog");
    await asOldServer(url.href);

    expect(await failure({ DATABASE_URL: url.href })).toBe(
      "DATABASE_URL leads to PostgreSQL 14, which is too old: use version 15 or later.",
    );
  } finally {
    await client.query("drop database if exists pretends");
    await client.end();
  }
});

/** Makes a server report that it is version 14. */
async function asOldServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    "create function public.current_setting(text) returns text language sql as $$ select '140011' $$",
  );
  await client.end();
}

describe("with a running server", () => {
  let url: string;
  let externalPort: number;
  let running: ServerProcess;
  let usedDirectory: string;

  beforeAll(async () => {
    usedDirectory = await newDataDirectory("used");
    externalPort = await freePort();
    running = startServerIn(usedDirectory, { EXTERNAL_PORT: String(externalPort) });
    url = await urlOf(running);
  }, 300_000);

  afterAll(async () => {
    await stopServer(running);
    await rm(usedDirectory, { recursive: true, force: true });
  });

  test("a data directory in use: names it, and does not disturb the server that uses it", async () => {
    expect(await failure({ DATA_DIRECTORY: usedDirectory })).toBe(
      `Another ucupdates server already uses the data directory ${usedDirectory}: stop that one, or give this one another DATA_DIRECTORY.`,
    );
    expect(await statusOf(`${url}/sign-in`)).toBe(200);
  });

  test("the external listener serves no page of the panel", async () => {
    for (const path of [
      "/",
      "/sign-in",
      "/updates",
      "/api/rules",
      "/_next/static/x",
      "/api/update/check",
    ]) {
      expect(await statusOf(`http://127.0.0.1:${externalPort}${path}`), path).toBe(404);
    }
  });
});

test("the first start creates an administrator and shows the password once", async () => {
  const first = startFresh();
  await urlOf(first);
  await stopServer(first);
  expect(first.output()).toMatch(
    /Sign in as "admin" with the password \S{16} \(it is shown only once\)/,
  );

  const second = startFresh();
  await urlOf(second);
  await stopServer(second);

  expect(second.output()).not.toContain("password");
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s: exits with 0, and PostgreSQL has stopped",
  async (signal) => {
    const server = await startServer();
    await urlOf(server);
    expect(runsPostgres()).toBe(true);

    server.child.kill(signal);

    expect(await server.ended).toBe(0);
    expect(runsPostgres()).toBe(false);
  },
);

test("stops cleanly after several signals in a row, as from Ctrl-C under npm", async () => {
  const server = await startServer();
  await urlOf(server);

  server.child.kill("SIGINT");
  server.child.kill("SIGINT");
  server.child.kill("SIGTERM");

  expect(await server.ended).toBe(0);
  expect(runsPostgres()).toBe(false);
});

/** Two starts, between which the processes of the killed server end: 18 s on an idle machine. */
const TWO_STARTS_MS = 180_000;

test("keeps its data after kill -9", { timeout: TWO_STARTS_MS }, async () => {
  const killed = await startServer({ ADMIN_PASSWORD: "the same as before" });
  await urlOf(killed);
  killed.child.kill("SIGKILL");
  await killed.ended;

  const next = startFresh();
  const url = await urlOf(next);

  expect(await statusOf(`${url}/sign-in`)).toBe(200);
  await stopServer(next);
  expect(next.output()).not.toContain("password");
});
