import { beforeEach, expect, test } from "vitest";
import { DEFAULT_DIALECT } from "#phones/dialect/dialect";
import { deviceService } from "#phones/device-api/testing/device-service";
import { aStoredUpdate, reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import type { RawResponse } from "#phones/device-api/testing/device-server";
import { changeDialect } from "#phones/dialect/server/change-dialect";
import { findDialect } from "#phones/dialect/server/find-dialect";
import { resetDialect } from "#phones/dialect/server/reset-dialect";
import { db } from "#foundation/platform/db/client";
import type { Pool } from "#fleet/pools/model";
import { aPool, act } from "#firmware/rules/testing/rules";
import { startSettings } from "#foundation/settings/server/live-settings";

const HANDLER = "/RequestHandler/ucdevice.upx";
const BODY = `<r><DeviceType>UCPhone</DeviceType><Vendor>POLYCOM</Vendor><Model>CX600</Model><Revision>A</Revision><Locale>ENU</Locale><MAC>0004F2000176</MAC><Module Name="CPE.nbt" Version="1.0.0.0"/></r>`;

const { internal: server } = deviceService({ env: { TRUSTED_PROXIES: "127.0.0.1" } });
let pool: Pool;

beforeEach(async () => {
  pool = await aPool();
});

function check(body: string | Buffer = BODY, path = HANDLER): Promise<RawResponse> {
  return server.send({ method: "POST", path, body });
}

async function approve(version = "4.0.7577.4387"): Promise<void> {
  const { ruleId } = await aStoredUpdate(pool, { version });
  await act("approve", ruleId);
  await reloadRules();
}

test.each([
  "/requesthandler/UCDEVICE.UPX",
  "/REQUESTHANDLER/ucdevice.upx",
  "/%52equestHandler/ucdevice.upx",
])("accepts the path in any case: %s", async (path) => {
  await approve();
  const response = await check(BODY, path);
  expect(response.status).toBe(200);
  expect(response.body.toString()).toContain('downloads="1"');
});

test("accepts a check with any User-Agent, Host and media type", async () => {
  await approve();
  const headers = {
    "content-type": "application/octet-stream",
    "user-agent": "",
    host: "192.168.7.81",
  };
  const response = await server.send({ method: "POST", path: HANDLER, headers, body: BODY });
  expect(response.body.toString()).toContain('downloads="1"');
});

test("reads a body in UTF-16", async () => {
  await approve();
  const response = await check(Buffer.from(`\uFEFF${BODY}`, "utf16le"));
  expect(response.body.toString()).toContain('downloads="1"');
});

test("refuses bytes that are not text", async () => {
  await reloadRules();
  expect((await check(Buffer.from([0xc3, 0x28, 0x00, 0xff]))).status).toBe(400);
});

test("escapes a version in the answer", async () => {
  await approve(`1.0 & "b"`);
  const { body } = await check();
  expect(body.toString()).toContain("<Version>1.0 &amp; &quot;b&quot;</Version>");
  expect(body.toString()).toContain("/1.0%20%26%20%22b%22/CPE</BaseURL>");
});

test("serves interim firmware under its short path, in any case", async () => {
  const hardware = {
    deviceType: "OCInterim",
    brand: "POLYCOM",
    model: "CX700",
    revision: "A",
    locale: "ENU",
  };
  const { ruleId, image } = await aStoredUpdate(pool, { version: "1.0.522.101", hardware });
  await act("approve", ruleId);
  await reloadRules();

  const response = await server.send({ path: "/DeviceUpdateFiles_Int/OCInterim/ENU/cpe.nbt" });

  expect(response.status).toBe(200);
  expect(response.headers["content-type"]).toBe("binary/octet-stream");
  expect(response.body).toEqual(image);
});

test("returns 404 for a short path that matches two images", async () => {
  for (const model of ["CX700", "IP8540"]) {
    const hardware = {
      deviceType: "OCInterim",
      brand: "POLYCOM",
      model,
      revision: "A",
      locale: "ENU",
    };
    const { ruleId } = await aStoredUpdate(pool, { version: "1.0.522.101", hardware });
    await act("approve", ruleId);
  }
  await reloadRules();
  expect((await server.send({ path: "/DeviceUpdateFiles_Int/OCInterim/ENU/cpe.nbt" })).status).toBe(
    404,
  );
});

test("uses a changed dialect from the next check, and likewise the restored default", async () => {
  await approve();
  const settings = await startSettings();
  const dialect = {
    ...DEFAULT_DIALECT,
    updateTemplate:
      '<u:Answer xmlns:u="urn:x" count="{downloads}"><u:File uc:each="module" v="{version}"/></u:Answer>',
    contentType: "application/xml",
    noUpdateTemplate: "<None/>",
    requestNames: { model: ["Kind"] },
  };
  await changeDialect(aContext(), { dialect, seenAt: null });
  await settings.reload();

  const response = await check(BODY.replaceAll("Model>", "Kind>"));
  expect(response.headers["content-type"]).toBe("application/xml");
  expect(response.body.toString()).toContain('<u:Answer xmlns:u="urn:x" count="1">');
  expect(response.body.toString()).toContain('<u:File v="4.0.7577.4387"/>');
  expect((await check("<r/>")).body.toString()).toContain("<None/>");

  const { changed } = await findDialect(aContext());
  await resetDialect(aContext(), { seenAt: changed?.at.toISOString() ?? null });
  await settings.reload();
  expect((await check()).body.toString()).toContain('<UpdateResponse downloads="1">');
  await settings.stop();
});

test("loads a changed dialect in a running process", async () => {
  await reloadRules();
  const settings = await startSettings();
  const dialect = { ...DEFAULT_DIALECT, noUpdateTemplate: "<Nothing/>" };
  await changeDialect(aContext(), { dialect, seenAt: null });
  await expect
    .poll(async () => (await check("<r/>")).body.toString(), { timeout: 10_000 })
    .toContain("<Nothing/>");
  await settings.stop();
});

test("uses the default if a stored dialect of an older release cannot be read", async () => {
  await approve();
  const value = { schema: 0, template: "<old/>" };
  await db.setting.create({ data: { name: "lync_dialect", value, updatedBy: "anna" } });
  const settings = await startSettings();
  await settings.reload();
  expect((await check()).body.toString()).toContain('<UpdateResponse downloads="1">');
  expect(await findDialect(aContext())).toMatchObject({ isBroken: true });
  await settings.stop();
});

test("audits a change of the dialect, and refuses it to viewers and for an outdated dialect", async () => {
  const input = { dialect: { ...DEFAULT_DIALECT, noUpdateStatus: 204 }, seenAt: null };
  await expect(changeDialect(aContext({ role: "operator" }), input)).rejects.toMatchObject({
    code: "forbidden",
  });
  await changeDialect(aContext(), input);
  await expect(changeDialect(aContext(), input)).rejects.toMatchObject({ code: "conflict" });
  await expect(resetDialect(aContext(), { seenAt: null })).rejects.toMatchObject({
    code: "conflict",
  });
  expect(await db.auditEntry.findMany({ where: { subjectKind: "settings" } })).toMatchObject([
    {
      action: "settings.changed",
      subjectId: "lync_dialect",
      facts: { changed: ["noUpdateStatus"] },
    },
  ]);
});
