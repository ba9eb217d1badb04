import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { buildPanel } from "#foundation/platform/testing/build-panel";
import { createAccount } from "#access/accounts/server/create-account";
import type { StoredUpdate } from "#phones/check/testing/stored-update";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { ruleTableState } from "#phones/check/server/rule-table-loader";
import { aContext } from "#foundation/core/testing/contexts";
import type { RawRequest, RawResponse } from "#phones/device-api/testing/device-server";
import { sendRaw } from "#phones/device-api/testing/device-server";
import type { TestedDialect } from "#phones/device-api/testing/tested-dialects";
import { TESTED_DIALECTS } from "#phones/device-api/testing/tested-dialects";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { freePort } from "#foundation/platform/testing/loopback";
import { aPool, act } from "#firmware/rules/testing/rules";

const PHONE = {
  brand: "POLYCOM",
  model: "CX600",
  macAddress: "00-04-F2-00-01-76",
  serialNumber: "07823-A345",
  version: "4.0.7577.4100",
};
const FOLDER = "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE";
const INSIDE = { "x-forwarded-for": "10.1.2.3" };
const OUTSIDE = { "x-forwarded-for": "203.0.113.7" };
const CREDENTIALS = {
  authorization: `Basic ${Buffer.from("adamb:correct horse").toString("base64")}`,
};
const IN_ODD_CASE = TESTED_DIALECTS.filter(({ dialect }) => dialect === "lync").flatMap((surface) =>
  ["/requesthandler/UCDEVICE.UPX", "/REQUESTHANDLER/ucdevice.upx?x=Y"].map((path) => ({
    surface,
    path,
  })),
);

let update: StoredUpdate;

beforeAll(async () => {
  await buildPanel();
  await emptyTables();
  update = await aStoredUpdate(await aPool(), { version: "4.0.7577.4387" });
  await act("approve", update.ruleId);
  await reloadRules();
  await ruleTableState().running?.then((running) => running.stop());
  await createAccount(aContext(), { name: "adamb", password: "correct horse", role: "viewer" });
}, 300_000);

type Host = {
  readonly send: (request: RawRequest) => Promise<RawResponse>;
  readonly stop: () => Promise<void>;
};

/** Next without our server; a proxy in front of it only if it is declared. */
async function startNext(
  command: "start" | "dev",
  settings: Readonly<Record<string, string>> = { TRUSTED_PROXIES: "127.0.0.1" },
): Promise<Host> {
  const port = await freePort();
  const next = spawn(
    process.execPath,
    ["node_modules/next/dist/bin/next", command, "--hostname", "127.0.0.1", "--port", String(port)],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        NODE_ENV: command === "dev" ? "development" : "production",
        NEXT_TELEMETRY_DISABLED: "1",
        ...settings,
      },
    },
  );
  const ended = Promise.all([once(next, "exit"), text(next.stdout)]);
  const send = (request: RawRequest): Promise<RawResponse> => sendRaw({ port }, request);
  const stop = async (): Promise<void> => {
    next.kill("SIGTERM");
    await ended;
  };
  const alive = vi.waitFor(() => send({ path: "/api/health?probe=live" }), {
    timeout: 90_000,
    interval: 250,
  });
  // For example, `next dev` refuses to start a second time in the same folder.
  const end = ended.then(([, output]) => {
    throw new Error(`next ${command} ended: ${output}`);
  });
  try {
    await Promise.race([alive, end]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { send, stop };
}

describe.each(["start", "dev"] as const)("next %s", (command) => {
  let host: Host;

  beforeAll(async () => {
    host = await startNext(command);
  });

  afterAll(async () => {
    await host.stop();
  });

  function check(surface: TestedDialect, request: Partial<RawRequest>): Promise<RawResponse> {
    const { internal } = surface.paths;
    return host.send({ method: "POST", path: internal, body: surface.body(PHONE), ...request });
  }

  test.each(TESTED_DIALECTS)("answers a check: $dialect", async (surface) => {
    const response = await check(surface, { headers: INSIDE });

    expect(response.status).toBe(200);
    expect(response.headers["content-type"]).toBe(surface.contentType);
    expect(surface.offeredVersions(response.body.toString())).toEqual(["4.0.7577.4387"]);
    await expect
      .poll(() => db.deviceCheck.findFirst({ orderBy: { id: "desc" } }), { timeout: 10_000 })
      .toMatchObject({ dialect: surface.dialect, address: "10.1.2.3", outcome: "offered" });
  });

  test.each(IN_ODD_CASE)("accepts a Lync path in any case: $path", async (odd) => {
    const response = await check(odd.surface, { path: odd.path, headers: INSIDE });
    expect(response.status).toBe(200);
    expect(odd.surface.offeredVersions(response.body.toString())).toEqual(["4.0.7577.4387"]);
  });

  test.each([
    `/api/update/files/${FOLDER}/CPE.nbt`,
    `/REQUESTHANDLER/files/${FOLDER}/cpe.NBT`,
    `/deviceupdatefiles_INT/${FOLDER}/CPE.nbt`,
  ])("serves an image whole and as a range: %s", async (path) => {
    const whole = await host.send({ path, headers: INSIDE });
    expect(whole.status).toBe(200);
    expect(whole.headers["content-type"]).toBe("binary/octet-stream");
    expect(whole.body.equals(update.image)).toBe(true);

    const part = await host.send({ path, headers: { ...INSIDE, range: "bytes=10-19" } });
    expect(part.status).toBe(206);
    expect(part.body.equals(update.image.subarray(10, 20))).toBe(true);

    const head = await host.send({ method: "HEAD", path, headers: INSIDE });
    expect(head.status).toBe(200);
    expect(head.body).toHaveLength(0);
  });

  test.each(TESTED_DIALECTS)("outside, requires credentials: $dialect", async (surface) => {
    const path = surface.paths.external.toUpperCase().replace("/API/UPDATE", "/api/update");
    const odd = surface.dialect === "lync" ? path : surface.paths.external;
    const refused = await check(surface, { path: odd, headers: OUTSIDE });
    expect(refused.status).toBe(401);
    expect(refused.headers["www-authenticate"]).toMatch(/^Basic /);

    const answered = await check(surface, { path: odd, headers: { ...OUTSIDE, ...CREDENTIALS } });
    expect(answered.status).toBe(200);
    expect(surface.offeredVersions(answered.body.toString())).toEqual(["4.0.7577.4387"]);
  });

  test.each(["/requestHandlerEXT/Files", "/DEVICEUPDATEFILES_ext"])(
    "outside, requires credentials for an image: %s",
    async (root) => {
      const path = `${root}/${FOLDER}/CPE.nbt`;
      expect((await host.send({ path, headers: OUTSIDE })).status).toBe(401);
      const answered = await host.send({ path, headers: { ...OUTSIDE, ...CREDENTIALS } });
      expect(answered.status).toBe(200);
      expect(answered.body.equals(update.image)).toBe(true);
    },
  );

  test.each(TESTED_DIALECTS)(
    "refuses internal paths to an external address: $dialect",
    async (surface) => {
      expect((await check(surface, { headers: OUTSIDE })).status).toBe(403);
    },
  );

  test("returns 404 for an unknown path below a Lync root, not a page of the panel", async () => {
    for (const path of ["/RequestHandler", "/requesthandler/nothing", "/DeviceUpdateFiles_Int/x"]) {
      const response = await host.send({ path, headers: INSIDE });
      expect(response.status).toBe(404);
      expect(response.headers["content-type"]).toBe("application/problem+json");
    }
  });
});

describe("next start, reached without a proxy", () => {
  let host: Host;

  afterAll(async () => {
    await host.stop();
  });

  function check(headers: Readonly<Record<string, string>>): Promise<RawResponse> {
    const surface = TESTED_DIALECTS[0] ?? expect.unreachable();
    const body = surface.body(PHONE);
    return host.send({ method: "POST", path: surface.paths.internal, body, headers });
  }

  test("ignores a forwarded address and a forged internal header", async () => {
    host = await startNext("start", {
      TRUSTED_PROXIES: "192.0.2.1",
      INTERNAL_NETWORKS: "10.0.0.0/8",
    });
    for (const headers of [
      {},
      INSIDE,
      { ...INSIDE, "x-ucupdates-address": "10.1.2.3", "x-ucupdates-peer": "10.1.2.3" },
    ]) {
      expect((await check(headers)).status).toBe(403);
    }
    await host.stop();
  });

  test("admits a phone by the address of its socket", async () => {
    host = await startNext("start", {});
    expect((await check(OUTSIDE)).status).toBe(200);
    await expect
      .poll(() => db.deviceCheck.findFirst({ orderBy: { id: "desc" } }), { timeout: 10_000 })
      .toMatchObject({ address: "127.0.0.1", outcome: "offered" });
  });
});
