import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { gateState } from "#phones/device-api/load-gate";
import { DEFAULT_LOG_SETTINGS } from "#phones/device-logs/model";
import { deviceService } from "#phones/device-api/testing/device-service";
import { createAccount } from "#access/accounts/server/create-account";
import type { StoredUpdate } from "#phones/check/testing/stored-update";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import type { RawRequest, RawResponse } from "#phones/device-api/testing/device-server";
import { sendRaw } from "#phones/device-api/testing/device-server";
import type { KeepAliveConnection } from "#phones/device-api/testing/keep-alive-connection";
import { keepAliveConnection } from "#phones/device-api/testing/keep-alive-connection";
import type { ReverseProxy } from "#phones/device-api/testing/reverse-proxies";
import { startHaproxy, startNginx } from "#phones/device-api/testing/reverse-proxies";
import type { TestedDialect } from "#phones/device-api/testing/tested-dialects";
import { TESTED_DIALECTS } from "#phones/device-api/testing/tested-dialects";
import { changeLogSettings } from "#phones/device-logs/server/change-log-settings";
import { authenticateMessage, negotiateMessage } from "#access/ntlm/testing/messages";
import { db } from "#foundation/platform/db/client";
import { createTestAuthority } from "#foundation/platform/testing/test-authority";
import type { TestAuthority } from "#foundation/platform/testing/test-authority";
import type { Pool } from "#fleet/pools/model";
import { aPool, act } from "#firmware/rules/testing/rules";

const PHONE = {
  brand: "POLYCOM",
  model: "CX600",
  macAddress: "00-04-F2-00-01-76",
  serialNumber: "07823-A345",
  version: "4.0.7577.4100",
};
/** The address of the phones in these tests. The proxy connects to the listener from 127.0.0.1. */
const PHONE_ADDRESS = "127.0.0.2";
const CREDENTIALS = {
  authorization: `Basic ${Buffer.from("adamb:correct horse").toString("base64")}`,
};
const FOLDER = "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE";
/** The maximum that `logSettings` allows. */
const MAX_LOG_BYTES = 100 * 1024 ** 2;
const CALM_LAG_MS = 20;
const CALM = { timeout: 20_000, interval: 50 };

const PROXIES = [
  { name: "nginx", start: startNginx },
  { name: "HAProxy", start: startHaproxy },
] as const;

let directory: string;
let authority: TestAuthority;
let ca: string;
const { external: outside, flush } = deviceService({
  lifetime: "file",
  env: {
    TRUSTED_PROXIES: "127.0.0.1",
    NTLM_BEHIND_PROXY: "true",
    NTLM_HELPER: fileURLToPath(
      new URL("../../access/ntlm/testing/scripted-helper.mjs", import.meta.url),
    ),
  },
});
let update: StoredUpdate;
let branch: Pool;
let proxy: ReverseProxy;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "ucupdates-proxies-"));
  authority = await createTestAuthority(directory);
  ca = await readFile(authority.caFile, "utf8");
  const pool = await aPool();
  branch = await aPool("branch.contoso.com");
  update = await aStoredUpdate(pool, { version: "4.0.7577.4387" });
  await act("approve", update.ruleId);
  await reloadRules();
  await createAccount(aContext(), { name: "adamb", password: "correct horse", role: "viewer" });
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

function send(request: RawRequest): Promise<RawResponse> {
  return sendRaw({ port: proxy.port, ca, localAddress: PHONE_ADDRESS }, request);
}

function check(surface: TestedDialect, request: Partial<RawRequest> = {}): Promise<RawResponse> {
  const { external } = surface.paths;
  return send({ method: "POST", path: external, body: surface.body(PHONE), ...request });
}

function allowLogs(maxFileSizeBytes: number): Promise<void> {
  const settings = { ...DEFAULT_LOG_SETTINGS, maxFileSizeBytes };
  return changeLogSettings(aContext(), { siteName: null, settings });
}

async function latestCheck() {
  await flush();
  return db.deviceCheck.findFirst({ orderBy: { id: "desc" } });
}

function phoneConnection(localAddress: string): KeepAliveConnection {
  return keepAliveConnection(proxy.port, { ca, localAddress });
}

/** Performs the two steps of an NTLM handshake. Returns the final status. */
async function signIn(phone: KeepAliveConnection): Promise<number> {
  const [, lync] = TESTED_DIALECTS;
  const ask = async (message: string) =>
    phone.send({
      method: "POST",
      path: "/RequestHandlerExt/ucdevice.upx",
      headers: { authorization: `NTLM ${message}` },
      body: lync?.body(PHONE) ?? "",
    });
  const challenged = await ask(negotiateMessage());
  expect(challenged.status).toBe(401);
  expect(challenged.challenges).toEqual([expect.stringMatching(/^NTLM \S+$/)]);
  return (await ask(authenticateMessage({ user: "good", domain: "CONTOSO" }))).status;
}

describe.each(PROXIES)("behind $name, set up as the documentation shows it", ({ start }) => {
  beforeAll(async () => {
    const own = await mkdtemp(join(directory, "proxy-"));
    proxy = await start({ directory: own, authority, backendPort: outside.port });
  });

  afterAll(async () => {
    await proxy.stop();
  });

  test.each(TESTED_DIALECTS)("answers a phone with credentials: $dialect", async (surface) => {
    const response = await check(surface, { headers: CREDENTIALS });

    expect(response.status).toBe(200);
    expect(response.headers["content-type"]).toBe(surface.contentType);
    expect(surface.offeredVersions(response.body.toString())).toEqual(["4.0.7577.4387"]);
  });

  test.each(TESTED_DIALECTS)(
    "challenges a phone without credentials: $dialect",
    async (surface) => {
      const response = await check(surface);

      expect(response.status).toBe(401);
      expect(response.headers["www-authenticate"]).toContain('Basic realm="ucupdates"');
      expect(response.headers["content-type"]).toBe("application/problem+json");
    },
  );

  test.each([{}, { "x-forwarded-for": "10.1.2.3" }])(
    "records the phone's own address, regardless of forwarded headers: %o",
    async (claim) => {
      for (const surface of TESTED_DIALECTS) {
        await check(surface, { headers: { ...CREDENTIALS, ...claim } });
        expect(await latestCheck()).toMatchObject({
          dialect: surface.dialect,
          address: PHONE_ADDRESS,
          side: "external",
          outcome: "offered",
        });
      }
    },
  );

  test.each(TESTED_DIALECTS)("finds the pool by the requested host: $dialect", async (surface) => {
    await check(surface, { headers: { ...CREDENTIALS, host: "web.branch.contoso.com" } });
    expect(await latestCheck()).toMatchObject({ poolId: branch.id, outcome: "no_rule" });
  });

  test.each([
    `/api/update/external/files/${FOLDER}/CPE.nbt`,
    `/RequestHandlerExt/Files/${FOLDER}/CPE.nbt`,
    `/deviceupdatefiles_EXT/${FOLDER}/cpe.NBT`,
  ])("serves an image whole and as a range to a phone with credentials: %s", async (path) => {
    expect((await send({ path })).status).toBe(401);

    const whole = await send({ path, headers: CREDENTIALS });
    expect(whole.status).toBe(200);
    expect(whole.headers).toMatchObject({
      "content-type": "binary/octet-stream",
      "content-length": String(update.image.length),
      "accept-ranges": "bytes",
      etag: `"${update.sha256}"`,
    });
    expect(whole.body.equals(update.image)).toBe(true);

    const part = await send({ path, headers: { ...CREDENTIALS, range: "bytes=10-19" } });
    expect(part.status).toBe(206);
    expect(part.headers["content-range"]).toBe(`bytes 10-19/${update.image.length}`);
    expect(part.body.equals(update.image.subarray(10, 20))).toBe(true);

    const head = await send({ method: "HEAD", path, headers: CREDENTIALS });
    expect(head.status).toBe(200);
    expect(head.headers["content-length"]).toBe(String(update.image.length));
  });

  test("passes the largest allowed log, and leaves the refusal of a lower limit to the service", async () => {
    // A different phone for each proxy: every phone has its own share of the store.
    const macAddress = `0004F2${proxy.port.toString(16).padStart(6, "0")}`;
    const upload = async (sizeBytes: number): Promise<RawResponse> => {
      const body = Buffer.alloc(sizeBytes, "log ");
      // Filling the buffer delays the service, which runs in this process and refuses requests while it is delayed.
      await vi.waitFor(() => {
        expect(gateState().lagMs).toBeLessThan(CALM_LAG_MS);
      }, CALM);
      return send({
        method: "POST",
        path: `/RequestHandlerExt/ucdevice.upx?type=CELog&file=a.clg&mac=${macAddress}`,
        headers: { ...CREDENTIALS, "content-type": "application/octet-stream" },
        body,
      });
    };
    await allowLogs(MAX_LOG_BYTES);
    expect((await upload(MAX_LOG_BYTES)).status).toBe(200);
    expect(await db.deviceLog.findFirst({ orderBy: { at: "desc" } })).toMatchObject({
      sizeBytes: BigInt(MAX_LOG_BYTES),
      address: PHONE_ADDRESS,
    });

    await allowLogs(2_000);
    const refused = await upload(2_001);
    expect(refused.status).toBe(413);
    expect(refused.headers["content-type"]).toBe("application/problem+json");
  });

  test.each([
    "/",
    "/sign-in",
    "/updates/pending",
    "/_next/static/x",
    "/api/rules",
    "/api/health",
    "/api/metrics",
    "/api/update/check",
    "/api/update/externals/check",
    "/RequestHandler/ucdevice.upx",
    "/DeviceUpdateFiles_Int/x",
    "/RequestHandlerExt",
    "/RequestHandlerExt/../sign-in",
    "/RequestHandlerExt/%2e%2e/RequestHandler/ucdevice.upx",
    "/RequestHandlerExt/x/%2e./../api/rules",
  ])("answers 404 for %s in the proxy itself", async (path) => {
    const response = await send({ path, headers: CREDENTIALS });
    expect(response.status).toBe(404);
    expect(response.headers["content-type"]).not.toBe("application/problem+json");
  });
});

describe("NTLM with NTLM_BEHIND_PROXY, which declares that the proxy keeps phones apart", () => {
  async function startBefore({ start }: (typeof PROXIES)[number]): Promise<ReverseProxy> {
    const own = await mkdtemp(join(directory, "ntlm-"));
    return start({ directory: own, authority, backendPort: outside.port });
  }

  const [nginx, haproxy] = PROXIES;

  test("HAProxy: authenticates the connection of one phone, and of no other phone", async () => {
    proxy = await startBefore(haproxy);
    const [phone, stranger] = [phoneConnection(PHONE_ADDRESS), phoneConnection("127.0.0.3")];
    const ask = { method: "GET", path: `/RequestHandlerExt/Files/${FOLDER}/CPE.cat` } as const;
    try {
      expect((await stranger.send(ask)).status).toBe(401);
      expect(await signIn(phone)).toBe(200);
      for (let turn = 0; turn < 5; turn += 1) {
        expect((await phone.send(ask)).status).toBe(200);
        expect((await stranger.send(ask)).status).toBe(401);
      }
      expect([phone.connections(), stranger.connections()]).toEqual([1, 1]);
    } finally {
      phone.close();
      stranger.close();
      await proxy.stop();
    }
  });

  test("nginx: refuses every phone, because no two requests share a connection to the listener", async () => {
    proxy = await startBefore(nginx);
    const phone = phoneConnection(PHONE_ADDRESS);
    try {
      expect(await signIn(phone)).toBe(401);
    } finally {
      phone.close();
      await proxy.stop();
    }
  });
});
