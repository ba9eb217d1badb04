import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { buildPanel } from "#foundation/platform/testing/build-panel";
import { startChecks } from "./testing/check-flow.ts";
import { newToken } from "./testing/new-token.ts";
import type { PostgresPair } from "./testing/postgres-pair.ts";
import { PAIR_USER, startPostgresPair, urlOf } from "./testing/postgres-pair.ts";
import type { PrimaryProxy } from "./testing/primary-proxy.ts";
import { startPrimaryProxy } from "./testing/primary-proxy.ts";
import { countRecordedChecks } from "./testing/recorded-checks.ts";
import { startServer, stopServer, urlsOf } from "./testing/server-process.ts";
import type { ServiceAccess } from "./testing/service-client.ts";
import {
  approveRules,
  callApi,
  findOfferedVersions,
  importImage,
} from "./testing/service-client.ts";

// A server whose PostgreSQL is a primary with a streaming standby behind HAProxy.

const WAIT = { timeout: 50_000, interval: 50 };
/** A second, and what a busy machine adds to it. Rules are compared every 30 s without a notification. */
const SOON = { timeout: 8_000, interval: 50 };
const EVERY_PROCESS = Array.from({ length: 8 }, () => "4.0.1");

let pair: PostgresPair;
let proxy: PrimaryProxy;
let access: ServiceAccess;

beforeAll(async () => {
  await using opened = new AsyncDisposableStack();
  await buildPanel();
  pair = await startPostgresPair();
  opened.defer(pair.close);
  proxy = await startPrimaryProxy(PAIR_USER, [pair.primaryPort, pair.standbyPort]);
  opened.defer(proxy.stop);
  const dataDirectory = await mkdtemp(join(tmpdir(), "ucupdates-standby-"));
  opened.defer(() => rm(dataDirectory, { recursive: true, force: true }));
  const settings = { DATABASE_URL: urlOf(proxy.port), PHONE_PROCESSES: "2", LOG_LEVEL: "fatal" };
  const server = startServer(dataDirectory, settings);
  opened.defer(() => stopServer(server));
  const url = (await urlsOf(server)).http.replace("localhost", "127.0.0.1");
  access = { url, token: await newToken(dataDirectory, settings) };
  const kept = opened.move();
  return () => kept.disposeAsync();
}, 400_000);

async function readiness(): Promise<string> {
  const text = await (await fetch(`${access.url}/readyz`)).text();
  return `${text.split("\n", 1)[0] ?? ""}, ${/^database: .*$/m.exec(text)?.[0] ?? ""}`;
}

async function untilAnswered(checks: ReturnType<typeof startChecks>, more: number): Promise<void> {
  const before = checks.answered();
  await vi.waitFor(() => {
    expect(checks.answered()).toBeGreaterThan(before + more);
  }, WAIT);
}

test("a start whose address leads to the standby ends with one sentence", async () => {
  const dataDirectory = await mkdtemp(join(tmpdir(), "ucupdates-standby-"));
  try {
    const server = startServer(dataDirectory, { DATABASE_URL: urlOf(pair.standbyPort) });
    expect(await server.ended).toBe(1);
    expect(server.output()).toContain(
      "DATABASE_URL leads to a standby, which accepts no changes: let it lead to the primary, or promote the standby.",
    );
  } finally {
    await rm(dataDirectory, { recursive: true, force: true });
  }
});

test("the standby is promoted while phones check: every check is answered, and nothing acknowledged is lost", async () => {
  const { url } = access;
  await Promise.all(["CX500", "CX600"].map((model) => importImage(access, model)));
  const checks = startChecks(Number(new URL(url).port));
  await vi.waitFor(async () => {
    expect(await countRecordedChecks(urlOf(pair.primaryPort))).toBeGreaterThan(50);
  }, WAIT);
  await approveRules(access, "CX600");
  const recorded = await countRecordedChecks(urlOf(pair.primaryPort));

  await pair.failOver();

  expect(await countRecordedChecks(urlOf(pair.standbyPort))).toBeGreaterThanOrEqual(recorded);
  await untilAnswered(checks, 100);
  await expect.poll(proxy.primaries, WAIT).toEqual([pair.standbyPort]);
  await expect.poll(readiness, WAIT).toBe("ready, database: ok");
  // The panel's connections broke too.
  expect((await callApi(access, "/api/rules")).status).toBe(200);
  await expect.poll(() => findOfferedVersions(url, "CX600"), SOON).toEqual(EVERY_PROCESS);
  // The processes for phones listen to the new primary.
  expect(await findOfferedVersions(url, "CX500")).not.toContain("4.0.1");
  await approveRules(access, "CX500");
  await expect.poll(() => findOfferedVersions(url, "CX500"), SOON).toEqual(EVERY_PROCESS);
  await importImage(access, "CX700");
  expect(await checks.stop()).toEqual([]);
  await vi.waitFor(async () => {
    expect(await countRecordedChecks(urlOf(pair.standbyPort))).toBeGreaterThanOrEqual(
      checks.answered(),
    );
  }, WAIT);
}, 120_000);
