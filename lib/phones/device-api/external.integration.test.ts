import { rm } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { aCheckBody } from "#phones/check/testing/check-body";
import { deviceService } from "#phones/device-api/testing/device-service";
import { clearPasswordCache } from "#access/accounts/server/check-password";
import { createAccount } from "#access/accounts/server/create-account";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import type { RawRequest, RawResponse } from "#phones/device-api/testing/device-server";
import { TESTED_DIALECTS } from "#phones/device-api/testing/tested-dialects";
import { clientDirectory, measureStore } from "#phones/device-logs/server/log-files";
import { forgetUsage } from "#phones/device-logs/server/log-store";
import { db } from "#foundation/platform/db/client";
import type { TcpLine } from "#foundation/platform/testing/tcp-line";
import { openDatabaseLine } from "#foundation/platform/testing/database-line";
import type { Pool } from "#fleet/pools/model";
import { listPools } from "#fleet/pools/server/list-pools";
import { aPool, act } from "#firmware/rules/testing/rules";

const CHECK = "/api/update/external/check";
const IMAGE = "/api/update/external/files/UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt";
const LOG_QUERY = "type=CELog&file=a.clg&mac=0004F2000176";
const JSON_LOG = `/api/update/external/logs?${LOG_QUERY}`;
const LYNC_LOG = `/RequestHandlerExt/ucdevice.upx?${LOG_QUERY}`;
const SIGNED_IN = {
  authorization: `Basic ${Buffer.from("adamb:correct horse").toString("base64")}`,
};
const WRONG = { authorization: `Basic ${Buffer.from("adamb:wrong").toString("base64")}` };
let callers = 0;

/** A client address of its own, so that failed sign-ins of one test do not throttle another. */
function newClient(): { readonly "x-forwarded-for": string } {
  callers += 1;
  return { "x-forwarded-for": `203.0.113.${callers}` };
}

const BODY = aCheckBody("json", { serialNumber: "S1", version: null });

let line: TcpLine;

beforeAll(async () => {
  line = await openDatabaseLine();
});

const {
  external: outside,
  internal: inside,
  flush,
} = deviceService({
  env: {
    TRUSTED_PROXIES: "127.0.0.1",
    LOG_STORE_FREE_BYTES: "0",
  },
});

afterAll(() => {
  line.close();
});

beforeEach(async () => {
  await rm(clientDirectory(), { recursive: true, force: true });
  forgetUsage();
  await createAccount(aContext(), { name: "adamb", password: "correct horse", role: "viewer" });
  const pool = await aPool();
  const { ruleId } = await aStoredUpdate(pool, { version: "4.0.7577.4387" });
  await act("approve", ruleId);
  await reloadRules();
});

afterEach(() => {
  line.mend();
});

async function requirePool(): Promise<Pool> {
  const [pool] = await listPools(aContext());
  return pool ?? expect.unreachable();
}

function check(headers: Record<string, string>, server = outside): Promise<RawResponse> {
  return server.send({ method: "POST", path: CHECK, headers, body: BODY });
}

test("answers a phone with valid credentials as inside, and serves downloads", async () => {
  const response = await check(SIGNED_IN);

  expect(response.status).toBe(200);
  expect(response.json()).toMatchObject({ downloads: 1 });
  expect(response.headers["set-cookie"]).toBeUndefined();
  expect((await outside.send({ path: IMAGE, headers: SIGNED_IN })).status).toBe(200);
});

test.each(TESTED_DIALECTS.flatMap(({ filesRoots }) => filesRoots.external))(
  "continues a download below %s after an approval, and still requires credentials",
  async (root) => {
    const { id: ruleId } = await db.updateRule.findFirstOrThrow();
    const pool = await requirePool();
    const path = `${root}/UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt`;
    const part = await outside.send({ path, headers: { ...SIGNED_IN, range: "bytes=0-9" } });
    await aStoredUpdate(pool, { version: "4.0.7577.4400" });
    await act("approve", ruleId);
    await reloadRules();

    const range = { range: "bytes=10-", "if-range": part.headers.etag ?? "" };
    const rest = await outside.send({ path, headers: { ...SIGNED_IN, ...range } });

    expect([part.status, rest.status]).toEqual([206, 206]);
    expect((await outside.send({ path, headers: { ...newClient(), ...range } })).status).toBe(401);
  },
);

test("serves external paths on the internal listener too, and requires credentials there", async () => {
  expect((await check(SIGNED_IN, inside)).status).toBe(200);
  expect((await check({}, inside)).status).toBe(401);
});

const REQUESTS: readonly (readonly [string, RawRequest])[] = [
  ["a check", { method: "POST", path: CHECK, body: BODY }],
  ["a check that is not JSON", { method: "POST", path: CHECK, body: "{" }],
  ["a check that is too large", { method: "POST", path: CHECK, body: " ".repeat(70_000) }],
  ["a check for an unknown pool", { method: "POST", path: `${CHECK}?pool=x`, body: BODY }],
  ["a check with a wrong method", { method: "GET", path: CHECK }],
  ["a log", { method: "POST", path: JSON_LOG, body: "log" }],
  ["a log in the Lync dialect", { method: "POST", path: LYNC_LOG, body: "log" }],
  ["a log that is too large", { method: "POST", path: LYNC_LOG, body: "x".repeat(1_200_000) }],
  ["an image", { path: IMAGE }],
  ["the head of an image", { method: "HEAD", path: IMAGE }],
  ["an image that does not exist", { path: IMAGE.replace("CX600", "CX9999") }],
  ["a path that does not exist", { path: "/api/update/external/nothing" }],
  ["the external root", { path: "/api/update/external" }],
];

test.each(REQUESTS)(
  "refuses %s without credentials with a challenge, and discloses nothing",
  async (...[, request]) => {
    for (const headers of [{}, WRONG, { authorization: "Bearer abc" }]) {
      const response = await outside.send({
        ...request,
        headers: { ...headers, ...newClient() },
      });

      expect(response.status).toBe(401);
      expect(response.headers["www-authenticate"]).toBe('Basic realm="ucupdates", charset="UTF-8"');
      expect(response.headers["set-cookie"]).toBeUndefined();
      expect(response.headers.allow).toBeUndefined();
    }
    expect(await db.deviceLog.count()).toBe(0);
    expect(await measureStore()).toBe(0);
  },
);

test.each([
  [JSON_LOG, 201],
  [LYNC_LOG, 200],
])(
  "accepts a log with valid credentials under %s, and records the account with it",
  async (path, status) => {
    const request = { method: "POST", path, body: "log" };

    expect((await outside.send({ ...request, headers: SIGNED_IN })).status).toBe(status);

    expect(await db.deviceLog.findMany()).toMatchObject([
      { side: "external", userName: "adamb", macAddress: "0004F2000176", logType: "CELog" },
    ]);
  },
);

test("answers existing and unknown models and versions with the same refusal", async () => {
  const known = await outside.send({ path: IMAGE });
  const unknown = await outside.send({ path: IMAGE.replace("CX600", "CX9999") });

  const strip = ({ body }: RawResponse): string =>
    body.toString().replaceAll(/"(instance|requestId)":"[^"]*"/g, "");
  expect(strip(unknown)).toBe(strip(known));
  expect(Object.keys(unknown.headers)).toEqual(Object.keys(known.headers));
});

test("records a refused check with its address, and lists no phone for it", async () => {
  await check({ "x-forwarded-for": "198.51.100.7" });
  await flush();

  expect(await db.deviceCheck.findMany()).toEqual([
    expect.objectContaining({
      outcome: "unauthenticated",
      side: "external",
      address: "198.51.100.7",
    }),
  ]);
  expect(await db.device.count()).toBe(0);
});

test("records a check outside with the user of its credentials", async () => {
  await check(SIGNED_IN);
  await flush();

  expect(await db.device.findFirst()).toMatchObject({ side: "external", userName: "adamb" });
});

test("throttles password guessing, and records it", async () => {
  const guess = { ...WRONG, "x-forwarded-for": "198.51.100.8" };
  let response = await check(guess);
  for (let attempt = 0; response.status === 401 && attempt < 50; attempt += 1) {
    response = await check(guess);
  }

  expect(response.status).toBe(429);
  expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
  await flush();
  expect(await db.deviceCheck.count({ where: { outcome: "throttled" } })).toBe(1);
});

test.each([
  "/",
  "/updates",
  "/api/update/check",
  "/api/update/files/a",
  "/api/auth/signin",
  "/api/updatex",
])("returns 404 for %s on the external listener, with or without credentials", async (path) => {
  expect((await outside.send({ path })).status).toBe(404);
  expect((await outside.send({ path, headers: SIGNED_IN })).status).toBe(404);
  expect(
    (await outside.send({ method: "POST", path, headers: SIGNED_IN, body: BODY })).status,
  ).toBe(404);
});

test("while PostgreSQL is down, admits no phone with unverified credentials, and tells phones to retry", async () => {
  clearPasswordCache();
  line.cut();

  const response = await check(SIGNED_IN);

  expect(response.status).toBe(503);
  expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
});

test("while PostgreSQL is down, answers phones inside from memory", async () => {
  line.cut();

  const response = await inside.send({ method: "POST", path: "/api/update/check", body: BODY });

  expect(response.status).toBe(200);
  expect(response.json()).toMatchObject({ downloads: 1 });
});

function wrong(index: number): Record<string, string> {
  return { authorization: `Basic ${Buffer.from(`adamb:wrong ${index}`).toString("base64")}` };
}

async function statusesOf(checks: readonly Promise<RawResponse>[]): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  for (const { status } of await Promise.all(checks)) {
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  return counts;
}

test("evaluates five of 120 concurrent wrong passwords, and throttles the others", async () => {
  const guesser = newClient();
  const guesses = Array.from({ length: 120 }, (_, index) => check({ ...wrong(index), ...guesser }));
  expect(await statusesOf(guesses)).toEqual(
    new Map([
      [401, 5],
      [429, 115],
    ]),
  );
});

test("answers all of 60 phones behind one address that send the right password at once", async () => {
  const office = newClient();
  const checks = Array.from({ length: 60 }, () => check({ ...SIGNED_IN, ...office }));
  expect(await statusesOf(checks)).toEqual(new Map([[200, 60]]));
});

test("answers an admitted phone while others behind its address guess passwords", async () => {
  const office = newClient();
  expect((await check({ ...SIGNED_IN, ...office })).status).toBe(200);
  const guesses = Array.from({ length: 60 }, (_, index) => check({ ...wrong(index), ...office }));
  clearPasswordCache();
  const checks = Array.from({ length: 10 }, () => check({ ...SIGNED_IN, ...office }));
  expect(await statusesOf(checks)).toEqual(new Map([[200, 10]]));
  await Promise.all(guesses);
});

test("admits a new phone from another address while an address guesses its user's password", async () => {
  const guesser = newClient();
  const guesses = Array.from({ length: 60 }, (_, index) => check({ ...wrong(index), ...guesser }));
  expect((await check({ ...SIGNED_IN, ...newClient() })).status).toBe(200);
  await Promise.all(guesses);
});
