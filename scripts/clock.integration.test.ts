import { rm } from "node:fs/promises";
import process from "node:process";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { DAY_MS } from "#foundation/core/time";
import { buildPanel } from "#foundation/platform/testing/build-panel";
import { runCli } from "#programs/cli/testing/run-cli";
import type { AdjustableClock } from "./testing/adjustable-clock.ts";
import { createAdjustableClock } from "./testing/adjustable-clock.ts";
import type { CheckFlow } from "./testing/check-flow.ts";
import { startChecks } from "./testing/check-flow.ts";
import { newDataDirectory } from "./testing/new-data-directory.ts";
import { newToken } from "./testing/new-token.ts";
import { signIn } from "./testing/panel-session.ts";
import { countRecordedChecks, embeddedUrlOf, queryDatabase } from "./testing/recorded-checks.ts";
import type { ServerProcess } from "./testing/server-process.ts";
import { processesOf, startServer, stopServer, urlsOf } from "./testing/server-process.ts";
import type { ServiceAccess } from "./testing/service-client.ts";
import {
  approveRules,
  callApi,
  findOfferedVersions,
  importImage,
} from "./testing/service-client.ts";

// The clock of a host jumps a day ahead, two days back and to the true time, under a server and its PostgreSQL.

const PASSWORD = "the first administrator";
const WAIT = { timeout: 50_000, interval: 50 };
/** Less than the rules would wait for without a notification. */
const SOON = { timeout: 8_000, interval: 50 };
const EVERY_PROCESS = Array.from({ length: 8 }, () => "4.0.1");

let clock: AdjustableClock;
let dataDirectory: string;
let server: ServerProcess;
let access: ServiceAccess;

beforeAll(async () => {
  await buildPanel();
  clock = await createAdjustableClock();
  dataDirectory = await newDataDirectory("clock");
  const settings = { ADMIN_PASSWORD: PASSWORD, PHONE_PROCESSES: "2", LOG_LEVEL: "fatal" };
  server = startServer(dataDirectory, { ...settings, ...clock.environment });
  const url = (await urlsOf(server)).http.replace("localhost", "127.0.0.1");
  access = { url, token: await newToken(dataDirectory, { DATABASE_URL: "" }) };
}, 400_000);

afterAll(async () => {
  await stopServer(server);
  await rm(dataDirectory, { recursive: true, force: true });
  await clock.remove();
});

/** Sets the clock, and waits for answered checks that were recorded with its time. */
async function jump(days: number, checks: CheckFlow): Promise<void> {
  const before = checks.answered();
  await clock.setDaysAhead(days);
  await vi.waitFor(() => {
    expect(checks.answered()).toBeGreaterThan(before + 100);
  }, WAIT);
  expect(await (await fetch(`${access.url}/readyz`)).text()).toContain("rules: ok\n");
  await expect.poll(() => countChecksOfDay(days), WAIT).toBeGreaterThan(50);
}

async function countChecksOfDay(daysAhead: number): Promise<number> {
  const [row] = await queryDatabase<{ count: number }>(
    embeddedUrlOf(dataDirectory),
    `select count(*)::int from "DeviceCheck"
      where abs(extract(epoch from "at") - ${(Date.now() + daysAhead * DAY_MS) / 1000}) < 3600`,
  );
  return row?.count ?? 0;
}

/** The worker keeps the days of the check log when it starts: it creates those of the next days, and drops old ones. */
async function restartWorker(): Promise<void> {
  const lastDay = new Date(Date.now() + 4 * DAY_MS).toISOString().slice(0, 10).replaceAll("-", "");
  process.kill((await processesOf(server)).get("worker") ?? 0, "SIGKILL");
  await vi.waitFor(async () => {
    const [row] = await queryDatabase<{ name: string | null }>(
      embeddedUrlOf(dataDirectory),
      `select to_regclass('"StoredCheck_${lastDay}"')::text as name`,
    );
    expect(row?.name).not.toBeNull();
  }, WAIT);
}

async function statusWith(headers: Readonly<Record<string, string>>): Promise<number> {
  const response = await fetch(`${access.url}/api/rules?model=CX600`, { headers });
  await response.text();
  return response.status;
}

/** The days between the last time that the inventory has seen a phone and now. */
async function daysFromLastSeen(): Promise<number> {
  const [row] = await queryDatabase<{ at: Date }>(
    embeddedUrlOf(dataDirectory),
    `select max("lastSeenAt") as at from "Device"`,
  );
  return Math.round(Math.abs((row?.at.getTime() ?? 0) - Date.now()) / DAY_MS);
}

test("the clock jumps a day ahead and back: every check is answered and recorded, and sessions end by the clock", async () => {
  const { url, token } = access;
  await Promise.all(["CX500", "CX600"].map((model) => importImage(access, model)));
  await approveRules(access, "CX600");
  await expect.poll(() => findOfferedVersions(url, "CX600"), WAIT).toEqual(EVERY_PROCESS);
  const cookie = await signIn(url, { password: PASSWORD });
  expect(await statusWith({ cookie })).toBe(200);
  const { worker, ...others } = Object.fromEntries(await processesOf(server));
  expect(worker).toBeGreaterThan(0);
  const checks = startChecks(Number(new URL(url).port));

  await jump(1, checks);
  await restartWorker();

  // Sessions last for hours, and this token for a day.
  expect(await statusWith({ cookie })).toBe(401);
  expect(await statusWith({ authorization: `Bearer ${token}` })).toBe(401);
  const nextDay = await signIn(url, { password: PASSWORD });
  expect(await statusWith({ cookie: nextDay })).toBe(200);

  await jump(-1, checks);

  await approveRules(access, "CX500");
  await expect.poll(() => findOfferedVersions(url, "CX500"), SOON).toEqual(EVERY_PROCESS);

  await jump(0, checks);

  expect(await checks.stop()).toEqual([]);
  await expect
    .poll(() => countRecordedChecks(embeddedUrlOf(dataDirectory)), WAIT)
    .toBeGreaterThanOrEqual(checks.answered());
  expect(await daysFromLastSeen()).toBe(0);
  expect(await findOfferedVersions(url, "CX600")).toEqual(EVERY_PROCESS);
  // A sign-in removes the sessions that have ended by the clock, so that the first one does not come back.
  expect(await statusWith({ cookie })).toBe(401);
  expect(await statusWith({ cookie: await signIn(url, { password: PASSWORD }) })).toBe(200);
  expect((await callApi(access, "/api/rules")).status).toBe(200);
  expect(Object.fromEntries(await processesOf(server))).toMatchObject(others);
  const env = { DATABASE_URL: "", DATA_DIRECTORY: dataDirectory };
  expect(await runCli(["test-audit"], { env })).toMatchObject({ code: 0 });
}, 200_000);
