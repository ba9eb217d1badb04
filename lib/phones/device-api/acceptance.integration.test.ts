import { beforeEach, describe, expect, test } from "vitest";
import { deviceService } from "#phones/device-api/testing/device-service";
import { createAccount } from "#access/accounts/server/create-account";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import { TESTED_DIALECTS } from "#phones/device-api/testing/tested-dialects";
import type { TestedDialect, TestedPhone } from "#phones/device-api/testing/tested-dialects";
import type { RawResponse } from "#phones/device-api/testing/device-server";
import { db } from "#foundation/platform/db/client";
import type { Pool } from "#fleet/pools/model";
import { aPool, act } from "#firmware/rules/testing/rules";
import { createTestDeviceInput } from "#fleet/test-devices/schema";
import { createTestDevice } from "#fleet/test-devices/server/create-test-device";

/** The acceptance cases of device-protocol.md, 9.7, for both dialects. Case 14 is in the tests of device logs. */

const INSTALLED = "4.0.7577.4363";
const NEWER = "4.0.7577.4387";
const OLDER = "3.5.6907.35";
const PATH = `UCPhone/POLYCOM/CX600/A/ENU/${NEWER}/CPE`;
const SIGNED_IN = {
  authorization: `Basic ${Buffer.from("adamb:correct horse").toString("base64")}`,
};

const phone: TestedPhone = {
  brand: "POLYCOM",
  model: "CX600",
  macAddress: "0004F2000176",
  serialNumber: "07823-A345",
  version: INSTALLED,
};

const {
  internal: inside,
  external: outside,
  flush,
} = deviceService({ env: { TRUSTED_PROXIES: "127.0.0.1" } });
let pool: Pool;

beforeEach(async () => {
  pool = await aPool();
});

async function approve(version: string): Promise<string> {
  const { ruleId } = await aStoredUpdate(pool, { version });
  await act("approve", ruleId);
  await reloadRules();
  return ruleId;
}

async function makeTestDevice(
  identifierType: "MACAddress" | "SerialNumber",
  identifier: string,
): Promise<void> {
  const device = { siteName: null, name: "desk", identifierType, identifier };
  await createTestDevice(aContext(), createTestDeviceInput.parse(device));
  await reloadRules();
}

/** The versions that a phone is offered, in the dialect of the surface. */
async function offeredTo(
  surface: TestedDialect,
  overrides: Partial<TestedPhone> = {},
): Promise<readonly string[]> {
  const response = await check(surface, overrides);
  expect(response.status).toBe(200);
  expect(response.headers["content-type"]).toBe(surface.contentType);
  return surface.offeredVersions(response.body.toString());
}

function check(surface: TestedDialect, overrides: Partial<TestedPhone> = {}): Promise<RawResponse> {
  const body = surface.body({ ...phone, ...overrides });
  return inside.send({ method: "POST", path: surface.paths.internal, body });
}

async function recorded() {
  await flush();
  return db.deviceCheck.findMany({ orderBy: { id: "asc" } });
}

describe.each(TESTED_DIALECTS)("$dialect", (surface) => {
  test("1: does not offer the installed version", async () => {
    await approve(INSTALLED);
    expect(await offeredTo(surface)).toEqual([]);
  });

  test("2: offers a newer approved version", async () => {
    await approve(NEWER);
    expect(await offeredTo(surface)).toEqual([NEWER]);
  });

  test("3: offers an older approved version", async () => {
    await approve(OLDER);
    expect(await offeredTo(surface)).toEqual([OLDER]);
  });

  test.each([
    ["MACAddress", "0004F2000176"],
    ["MACAddress", "00-04-F2-00-01-76"],
    ["MACAddress", "00:04:f2:00:01:76"],
    ["SerialNumber", "07823-A345"],
  ] as const)(
    "4: offers a pending version to the test device with %s %s, and to no other phone",
    async (...[identifierType, identifier]) => {
      await aStoredUpdate(pool, { version: NEWER });
      await reloadRules();
      expect(await offeredTo(surface)).toEqual([]);

      await makeTestDevice(identifierType, identifier);

      expect(await offeredTo(surface)).toEqual([NEWER]);
      const other = { macAddress: "0004F2000177", serialNumber: "other" };
      expect(await offeredTo(surface, other)).toEqual([]);
    },
  );

  test.each(["0004F2000176", "00-04-F2-00-01-76", "00:04:f2:00:01:76"])(
    "4: recognises a test device by its address in any notation: %s",
    async (macAddress) => {
      await aStoredUpdate(pool, { version: NEWER });
      await makeTestDevice("MACAddress", "0004F2000176");
      expect(await offeredTo(surface, { macAddress })).toEqual([NEWER]);
    },
  );

  test("5: offers the previous version after a restore, and nothing if there was none", async () => {
    const ruleId = await approve(INSTALLED);
    await approve(NEWER);
    await act("restore", ruleId);
    await reloadRules();
    expect(await offeredTo(surface, { version: NEWER })).toEqual([INSTALLED]);

    await act("restore", ruleId, { mayWithdraw: true });
    await reloadRules();
    expect(await offeredTo(surface, { version: NEWER })).toEqual([]);
  });

  test("6: treats polycom and POLYCOM as the same hardware", async () => {
    await approve(NEWER);
    expect(await offeredTo(surface, { brand: "polycom", model: "cx600" })).toEqual([NEWER]);
  });

  test("7: requires a MAC address or serial number in JSON, and neither in XML", async () => {
    await approve(NEWER);
    const response = await check(surface, { macAddress: "", serialNumber: "" });
    expect(response.status).toBe(surface.statusWithoutIdentity);
  });

  test("8: offers nothing to an unknown model, and records the check", async () => {
    await approve(NEWER);
    expect(await offeredTo(surface, { model: "CX9999" })).toEqual([]);
    expect(await recorded()).toMatchObject([
      { model: "CX9999", outcome: "no_rule", dialect: surface.dialect, judgements: [] },
    ]);
    expect(await db.device.count()).toBe(1);
  });

  test.each(Object.keys(surface.variants(phone)))(
    "9: answers and records a check with %s in the same way",
    async (variant) => {
      await approve(NEWER);
      const usual = await check(surface);
      const body = surface.variants(phone)[variant] ?? "";
      const response = await inside.send({ method: "POST", path: surface.paths.internal, body });

      expect(surface.offeredVersions(response.body.toString())).toEqual([NEWER]);
      expect(response.body.toString()).toBe(usual.body.toString());
      const rows = await recorded();
      const [first, second] = rows.map((row) => ({ ...row, id: null, at: null }));
      expect(rows).toHaveLength(2);
      expect(second).toEqual(first);
    },
  );

  test("10: refuses an unreadable body with 400, and records the check", async () => {
    await approve(NEWER);
    for (const body of surface.unreadable) {
      const response = await inside.send({ method: "POST", path: surface.paths.internal, body });
      expect(response.status).toBe(400);
    }
    expect(await recorded()).toMatchObject(
      surface.unreadable.map(() => ({ outcome: "invalid", dialect: surface.dialect })),
    );
  });

  test("11: returns 404 for a path that climbs out of the files, encoded or not", async () => {
    await approve(NEWER);
    for (const root of surface.filesRoots.internal) {
      for (const path of [
        `${root}/../../../etc/passwd`,
        `${root}/%2e%2e/%2e%2e/etc/passwd`,
        `${root}/${PATH}/..%2fCPE.nbt`,
        `${root}/${PATH}/%2e%2e/CPE/CPE.nbt`,
        `${root}/${PATH}/%2e%2e%2f%2e%2e%2fCPE.nbt`,
        `${root}/${PATH}/CPE.xml/../../../../../../../../../etc/passwd`,
      ]) {
        expect((await inside.send({ path })).status).toBe(404);
      }
    }
  });

  test("12: outside, challenges a phone without credentials, and records the check", async () => {
    await approve(NEWER);
    const request = { method: "POST", path: surface.paths.external, body: surface.body(phone) };

    const response = await outside.send(request);

    expect(response.status).toBe(401);
    expect(response.headers["www-authenticate"]).toMatch(/Basic/);
    expect(await recorded()).toMatchObject([
      { outcome: "unauthenticated", side: "external", dialect: surface.dialect },
    ]);
    for (const root of surface.filesRoots.external) {
      for (const file of ["CPE.nbt", "nothing"]) {
        expect((await outside.send({ path: `${root}/${PATH}/${file}` })).status).toBe(401);
      }
    }
  });

  test("12: outside, offers a phone with credentials the same version as inside, with both URLs", async () => {
    await approve(NEWER);
    await createAccount(aContext(), { name: "adamb", password: "correct horse", role: "viewer" });
    const response = await outside.send({
      method: "POST",
      path: surface.paths.external,
      headers: { ...SIGNED_IN, "x-forwarded-for": "203.0.113.77" },
      body: surface.body(phone),
    });
    expect(response.status).toBe(200);
    expect(surface.offeredVersions(response.body.toString())).toEqual([NEWER]);
    expect(response.body.toString()).toBe((await check(surface)).body.toString());
    for (const root of surface.filesRoots.external) {
      const file = await outside.send({
        path: `${root}/${PATH}/CPE.nbt`,
        headers: { ...SIGNED_IN, "x-forwarded-for": "203.0.113.77" },
      });
      expect(file.status).toBe(200);
    }
  });

  test("outside, returns 404 for internal paths", async () => {
    await approve(NEWER);
    const paths = [
      surface.paths.internal,
      ...surface.filesRoots.internal.map((r) => `${r}/${PATH}/CPE.nbt`),
    ];
    for (const path of paths) {
      expect((await outside.send({ method: "POST", path, headers: SIGNED_IN })).status).toBe(404);
    }
  });

  test("13: serves .nbt and .cat as binary/octet-stream and .xml as text/xml under every root, whole and as a range", async () => {
    const { image } = await aStoredUpdate(pool, { version: NEWER });
    await reloadRules();
    for (const root of surface.filesRoots.internal) {
      const types = {
        "CPE.nbt": "binary/octet-stream",
        "cpe.CAT": "binary/octet-stream",
        "CPE.xml": "text/xml",
      };
      for (const [file, type] of Object.entries(types)) {
        const response = await inside.send({ path: `${root}/${PATH.toLowerCase()}/${file}` });
        expect(response.headers["content-type"]).toBe(type);
      }
      const part = await inside.send({
        path: `${root}/${PATH}/CPE.nbt`,
        headers: { range: "bytes=10-19" },
      });
      expect(part.status).toBe(206);
      expect(part.body).toEqual(image.subarray(10, 20));
    }
  });

  test("serves an offered image under the URL in the answer", async () => {
    const { image } = await aStoredUpdate(pool, { version: NEWER });
    await act("approve", (await db.updateRule.findFirstOrThrow()).id);
    await reloadRules();
    const url = surface.internalImageUrl((await check(surface)).body.toString());
    expect(url).toMatch(new RegExp(`^${pool.internalBaseUrl}/`));
    const file = await inside.send({ path: new URL(url).pathname });
    expect(file.body).toEqual(image);
  });

  test("names the allowed method in the answer to another method", async () => {
    const response = await inside.send({ method: "PUT", path: surface.paths.internal });
    expect(response.status).toBe(405);
    expect(response.headers.allow).toBe("POST");
  });

  test("refuses a check larger than 64 KiB", async () => {
    await reloadRules();
    const path = surface.paths.internal;
    const body = "x".repeat(64 * 1024 + 1);
    // Lync phones use one path, where a declared length above the limit of checks means a log.
    const announced = await inside.send({ method: "POST", path, body });
    expect(announced.status).toBe(surface.statusOfTooLarge);
    const headers = { "transfer-encoding": "chunked" };
    expect((await inside.send({ method: "POST", path, headers, body })).status).toBe(413);
  });
});

test("15: refuses a test device with a MAC address of five octets, and accepts six or more", () => {
  const of = (identifier: string) =>
    createTestDeviceInput.safeParse({
      siteName: null,
      name: "desk",
      identifierType: "MACAddress",
      identifier,
    }).success;
  expect([of("00-04-F2-00-01"), of("00-04-F2-00-01-76"), of("00:04:F2:00:01:76:77:78")]).toEqual([
    false,
    true,
    true,
  ]);
});

test("records the same check for both dialects", async () => {
  await approve(NEWER);
  for (const surface of TESTED_DIALECTS) {
    await check(surface);
  }
  const [json, lync] = await recorded();
  for (const row of [json, lync]) {
    expect(row).toMatchObject({
      macAddress: "0004F2000176",
      serialNumber: "07823-A345",
      userName: "CONTOSO\\adamb",
      outcome: "offered",
      offered: [{ updateType: "CPE", version: NEWER, channel: "approved" }],
    });
  }
  expect(json?.judgements).toEqual(lync?.judgements);
  expect(await db.device.count()).toBe(1);
});
