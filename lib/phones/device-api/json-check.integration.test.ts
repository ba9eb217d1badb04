import { beforeEach, expect, test } from "vitest";
import { deviceService } from "#phones/device-api/testing/device-service";
import { ruleTableState } from "#phones/check/server/rule-table-loader";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import type { RawResponse } from "#phones/device-api/testing/device-server";
import { db } from "#foundation/platform/db/client";
import type { Pool } from "#fleet/pools/model";
import type { CheckAnswer } from "#formats/protocol/json-answer";
import { checkAnswer } from "#formats/protocol/json-answer";
import { aPool, act } from "#firmware/rules/testing/rules";
import { createTestDeviceInput } from "#fleet/test-devices/schema";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";

const CHECK = "/api/update/check";
const MAC = "0004F2000176";

const { internal: server, flush } = deviceService({ env: { TRUSTED_PROXIES: "127.0.0.1" } });
let pool: Pool;

beforeEach(async () => {
  pool = await aPool();
});

function aBody(device: object = {}, version: string | null = "4.0.7577.4363"): object {
  return {
    schema: 1,
    device: {
      deviceType: "UCPhone",
      vendor: "POLYCOM",
      model: "CX600",
      revision: "A",
      locale: "ENU",
      macAddress: MAC,
      serialNumber: "07823-A345",
      ...device,
    },
    user: "CONTOSO\\adamb",
    trigger: "boot",
    modules: version === null ? [] : [{ updateType: "CPE", fileName: "CPE.nbt", version }],
  };
}

function post(
  body: unknown,
  path = CHECK,
  headers: Record<string, string> = {},
): Promise<RawResponse> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return server.send({ method: "POST", path, headers, body: text });
}

async function check(body: unknown = aBody(), path = CHECK): Promise<CheckAnswer> {
  const response = await post(body, path);
  expect(response.status).toBe(200);
  return checkAnswer.parse(response.json());
}

async function anApproved(version: string): Promise<string> {
  const { ruleId } = await aStoredUpdate(pool, { version });
  await act("approve", ruleId);
  await reloadRules();
  return ruleId;
}

test("offers the approved version with both URLs, the size and the digest of every file", async () => {
  const { ruleId, image, sha256 } = await aStoredUpdate(pool, { version: "4.0.7577.4387" });
  await act("approve", ruleId);
  await reloadRules();

  const response = await post(aBody());

  expect(response.headers["content-type"]).toBe("application/json");
  expect(response.headers["set-cookie"]).toBeUndefined();
  const path = "UCPhone/POLYCOM/CX600/A/ENU/4.0.7577.4387/CPE/CPE.nbt";
  expect(response.json()).toEqual({
    schema: 1,
    downloads: 1,
    nextCheckSeconds: 86_400,
    idleSecondsBeforeInstall: 300,
    channel: "approved",
    modules: [
      {
        updateType: "CPE",
        fromVersion: "4.0.7577.4363",
        version: "4.0.7577.4387",
        files: [
          {
            role: "image",
            fileName: "CPE.nbt",
            size: image.length,
            sha256,
            internalUrl: `${pool.internalBaseUrl}/api/update/files/${path}`,
            externalUrl: `${pool.externalBaseUrl}/api/update/external/files/${path}`,
          },
          expect.objectContaining({ role: "signature", fileName: "CPE.cat" }),
        ],
      },
    ],
  });
});

// The acceptance cases of device-protocol.md, 9.7, that apply to JSON.

test("1: does not offer the installed version", async () => {
  await anApproved("4.0.7577.4363");
  expect(await check()).toMatchObject({ downloads: 0, modules: [] });
});

test("2 and 3: offers a newer version and an older version", async () => {
  await anApproved("4.0.7577.4387");
  expect(await check()).toMatchObject({ downloads: 1, modules: [{ version: "4.0.7577.4387" }] });
  await anApproved("3.5.6907.35");
  expect(await check()).toMatchObject({ downloads: 1, modules: [{ version: "3.5.6907.35" }] });
});

test.each([
  ["MACAddress", "0004F2000176"],
  ["MACAddress", "00-04-F2-00-01-76"],
  ["MACAddress", "00:04:f2:00:01:76"],
  ["SerialNumber", "07823-A345"],
] as const)(
  "4: offers a pending version to the test device with %s %s, and to no other phone",
  async (...[identifierType, identifier]) => {
    await aStoredUpdate(pool, { version: "4.0.7577.4387" });
    await reloadRules();
    expect(await check()).toMatchObject({ downloads: 0 });

    const testDevice = { siteName: null, name: "desk", identifierType, identifier };
    await createTestDevice(aContext(), createTestDeviceInput.parse(testDevice));
    await reloadRules();

    expect(await check()).toMatchObject({ downloads: 1, channel: "pending" });
    expect(await check(aBody({ macAddress: "0004F2000177", serialNumber: "other" }))).toMatchObject(
      {
        downloads: 0,
      },
    );
  },
);

test("5: offers the previous version after a restore, and nothing if there was none", async () => {
  const ruleId = await anApproved("4.0.7577.4363");
  await anApproved("4.0.7577.4387");
  await act("restore", ruleId);
  await reloadRules();
  expect(await check(aBody({}, "4.0.7577.4387"))).toMatchObject({
    modules: [{ version: "4.0.7577.4363" }],
  });

  await act("restore", ruleId, { mayWithdraw: true });
  await reloadRules();
  expect(await check(aBody({}, "4.0.7577.4387"))).toMatchObject({ downloads: 0 });
});

test("6: treats polycom and POLYCOM as the same hardware", async () => {
  await anApproved("4.0.7577.4387");
  expect(await check(aBody({ vendor: "polycom", model: "cx600" }))).toMatchObject({ downloads: 1 });
});

test("8: offers nothing to an unknown model, and records the check", async () => {
  await anApproved("4.0.7577.4387");
  expect(await check(aBody({ model: "CX9999" }))).toMatchObject({ downloads: 0 });

  await flush();
  expect(await db.deviceCheck.findMany()).toEqual([
    expect.objectContaining({ model: "CX9999", outcome: "no_rule", judgements: [] }),
  ]);
  expect(await db.device.count()).toBe(1);
});

test("offers the approved version to a phone that does not report its version", async () => {
  await anApproved("4.0.7577.4387");
  expect(await check(aBody({}, null))).toMatchObject({ modules: [{ fromVersion: null }] });
});

test("uses the pool in the query, else the pool of the host, else the default pool", async () => {
  const other = await aPool("pool02.fabrikam.com");
  const { ruleId } = await aStoredUpdate(other, { version: "9.0.0.1" });
  await act("approve", ruleId);
  await reloadRules();
  const host = { host: "pool02.fabrikam.com:3000" };

  expect(await check()).toMatchObject({ downloads: 0 });
  expect(await check(aBody(), `${CHECK}?pool=POOL02.fabrikam.com`)).toMatchObject({ downloads: 1 });
  expect((await post(aBody(), CHECK, host)).json()).toMatchObject({ downloads: 1 });
  expect((await post(aBody(), CHECK, { host: "192.168.7.81" })).json()).toMatchObject({
    downloads: 0,
  });
});

test("refuses an unknown pool and names it", async () => {
  await reloadRules();

  const response = await post(aBody(), `${CHECK}?pool=pool09.contoso.com`);

  expect(response.status).toBe(422);
  expect(response.json()).toMatchObject({
    type: "/problems/unprocessable-input",
    errors: [{ path: "query.pool" }],
  });
});

test("records the reason of each judgement with the check", async () => {
  const ruleId = await anApproved("4.0.7577.4387");
  await post(aBody(), CHECK, { "x-forwarded-for": "10.1.2.3" });
  await flush();

  expect(await db.device.findFirst()).toMatchObject({
    macAddress: MAC,
    serialNumber: "07823-A345",
    address: "10.1.2.3",
    side: "internal",
    poolId: pool.id,
    userName: "CONTOSO\\adamb",
    version: "4.0.7577.4363",
    trigger: "boot",
    outcome: "offered",
    judgements: [
      {
        ruleId,
        updateType: "CPE",
        verdict: "offered",
        channel: "approved",
        version: "4.0.7577.4387",
      },
    ],
  });
});

test.each([
  ["a body that is not JSON", "{", 400, undefined],
  ["an empty body", "", 400, undefined],
  ["a body that is not an object", "[]", 422, "body"],
  ["no model", aBody({ model: undefined }), 422, "body.device.model"],
  [
    "a phone without MAC address and serial number",
    aBody({ macAddress: "", serialNumber: null }),
    422,
    "body.device.macAddress",
  ],
  ["a control character", aBody({ model: "CX\0" }), 422, "body.device.model"],
  [
    "a list of invalid modules",
    { ...aBody(), modules: [{ version: 4 }] },
    422,
    "body.modules.0.version",
  ],
] as const)(
  "%s is refused with a problem that names the field",
  async (...[, body, status, path]) => {
    await reloadRules();

    const response = await post(body);

    expect(response.status).toBe(status);
    expect(response.headers["content-type"]).toBe("application/problem+json");
    expect(response.json()).toMatchObject({
      status,
      instance: CHECK,
      ...(path === undefined ? {} : { errors: [expect.objectContaining({ path })] }),
    });
  },
);

test("refuses a body over 64 KiB by its declared length, before it is sent", async () => {
  const response = await post("x", CHECK, { "content-length": String(64 * 1024 + 1) });

  expect(response.status).toBe(413);
  expect(response.json()).toMatchObject({ type: "/problems/payload-too-large" });
});

test("refuses a body without a declared length as soon as it exceeds 64 KiB", async () => {
  const response = await post(" ".repeat(64 * 1024 + 1), CHECK, { "transfer-encoding": "chunked" });

  expect(response.status).toBe(413);
});

test("accepts a body of 64 KiB, with and without a declared length", async () => {
  await reloadRules();
  const text = JSON.stringify(aBody()).padEnd(64 * 1024, " ");

  expect((await post(text)).status).toBe(200);
  expect((await post(text, CHECK, { "transfer-encoding": "chunked" })).status).toBe(200);
});

test("names the allowed method in the answer to another method", async () => {
  const response = await server.send({ method: "GET", path: CHECK });

  expect(response.status).toBe(405);
  expect(response.headers.allow).toBe("POST");
});

test("returns 404 for an unknown path", async () => {
  expect((await server.send({ path: "/api/update/nothing" })).status).toBe(404);
  expect((await server.send({ path: "/updates" })).status).toBe(404);
});

test("refuses an address outside the internal networks, and records the check", async () => {
  const response = await post(aBody(), CHECK, { "x-forwarded-for": "203.0.113.9" });

  expect(response.status).toBe(403);
  expect(
    (
      await server.send({
        path: "/api/update/nothing",
        headers: { "x-forwarded-for": "203.0.113.9" },
      })
    ).status,
  ).toBe(403);
  await flush();
  expect(await db.deviceCheck.findMany()).toEqual([
    expect.objectContaining({ outcome: "forbidden", address: "203.0.113.9", deviceKey: null }),
  ]);
});

test("answers 503 with Retry-After before the rules are loaded, and records the check", async () => {
  ruleTableState().table = null;

  const response = await post(aBody());

  expect(response.status).toBe(503);
  expect(response.headers["retry-after"]).toBe("5");
  await flush();
  expect(await db.deviceCheck.findMany({ select: { outcome: true } })).toEqual([
    { outcome: "unavailable" },
  ]);
});
