import { readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeEach, expect, test } from "vitest";
import { deviceService } from "#phones/device-api/testing/device-service";
import { recorderState } from "#phones/check-log/server/recorder";
import { reloadRules } from "#phones/check/testing/stored-update";
import type { CheckEntry } from "#phones/check-log/check-row";
import { auditDirectory } from "#phones/check-log/server/audit-files";
import { everyCheck } from "#phones/check-log/server/list-checks";
import { aContext } from "#foundation/core/testing/contexts";
import type { TestedSide } from "#phones/device-api/testing/device-service";
import { db } from "#foundation/platform/db/client";
import type { Pool } from "#fleet/pools/model";
import { readAuditLines } from "#formats/protocol/audit-line";
import { aPool } from "#firmware/rules/testing/rules";

const MAC = "0004F2000176";
const DEVICE = {
  deviceType: "UCPhone",
  vendor: "POLYCOM",
  model: "CX600",
  revision: "A",
  locale: "ENU",
  macAddress: MAC,
  serialNumber: "07823-A345",
};
const BODY = {
  schema: 1,
  device: DEVICE,
  user: "CONTOSO\\adamb",
  trigger: "boot",
  modules: [{ updateType: "CPE", fileName: "CPE.nbt", version: "4.0.7577.4363" }],
};
/** The recorded fields of the phone above. */
const ASKER = {
  macAddress: MAC,
  serialNumber: "07823-A345",
  hardware: {
    deviceType: "UCPhone",
    brand: "POLYCOM",
    model: "CX600",
    revision: "A",
    locale: "ENU",
  },
  userName: "CONTOSO\\adamb",
  requested: [
    { updateType: "CPE", fileName: "CPE.nbt", version: "4.0.7577.4363", timestamp: null },
  ],
  address: "127.0.0.1",
};

const { internal, external, flush } = deviceService();
let pool: Pool;

beforeEach(async () => {
  // Other tests leave files of other days and hosts.
  await rm(auditDirectory(), { recursive: true, force: true });
  pool = await aPool();
  await reloadRules();
});

async function checks(): Promise<readonly CheckEntry[]> {
  await flush();
  const filter = { q: "", model: [], pool: [], outcome: [], verdict: [], side: [], dialect: [] };
  const found: CheckEntry[] = [];
  for await (const batch of everyCheck(aContext(), { ...filter, trigger: [], from: "", to: "" })) {
    found.push(...batch);
  }
  return found;
}

async function onlyCheck(): Promise<CheckEntry | undefined> {
  const found = await checks();
  expect(found).toHaveLength(1);
  return found[0];
}

async function lastAuditLine() {
  const [name = ""] = (await readdir(auditDirectory())).toSorted().slice(-1);
  return readAuditLines(await readFile(join(auditDirectory(), name), "utf8")).at(-1);
}

function post(server: TestedSide, path: string, body: string) {
  return server.send({ method: "POST", path, body });
}

const TEXT = JSON.stringify(BODY);

test.each([
  [400, "malformed", TEXT.slice(0, -1), "The body is not JSON."],
  [413, "too large", `${TEXT.slice(0, -1)},"extra":"${"x".repeat(70_000)}"}`, "65536"],
  [422, "without a brand", TEXT.replace('"vendor":"POLYCOM",', '"oem":"POLYCOM",'), "vendor"],
  [422, "with an impossible version", TEXT.replace("4.0.7577", "4\\n0.7577"), "version"],
])(
  "records the phone and the reason of a check that is refused with %i because it is %s",
  async (...[status, , body, reason]) => {
    expect((await post(internal, "/api/update/check", body)).status).toBe(status);

    const check = await onlyCheck();
    expect(check).toMatchObject({
      outcome: "invalid",
      macAddress: MAC,
      serialNumber: "07823-A345",
      userName: "CONTOSO\\adamb",
      poolFqdn: pool.fqdn,
      address: "127.0.0.1",
      deviceId: null,
    });
    expect(check?.hardware.model).toBe("CX600");
    expect(check?.requested[0]?.updateType).toBe("CPE");
    expect(check?.refusal).toContain(reason);
    expect(await lastAuditLine()).toMatchObject({ macAddress: MAC, refusal: check?.refusal });
  },
);

test.each(["/api/update/check", "/RequestHandler/ucdevice.upx"])(
  "answers 415 to a compressed body at %s, and reads a plain body that its header calls compressed",
  async (path) => {
    const headers = { "content-encoding": "gzip" };
    const compressed = { method: "POST", path, body: gzipSync(TEXT), headers };
    const response = await internal.send(compressed);

    expect(response.status).toBe(415);
    expect((await onlyCheck())?.refusal).toContain('Content-Encoding "gzip"');
    const plain = { method: "POST", path: "/api/update/check", body: TEXT, headers };
    expect((await internal.send(plain)).status).toBe(200);
  },
);

test("finds a refused check by its MAC address, and lists no phone for it", async () => {
  await post(internal, "/api/update/check", TEXT.slice(0, -1));
  await flush();

  expect(await db.device.count()).toBe(0);
  const filter = { model: [], pool: [], outcome: [], verdict: [], side: [], dialect: [] };
  const found: CheckEntry[] = [];
  const search = { ...filter, q: "00-04-F2-00-01-76", trigger: [], from: "", to: "" };
  for await (const batch of everyCheck(aContext(), search)) {
    found.push(...batch);
  }
  expect(found).toHaveLength(1);
});

test("records how a phone without credentials identifies itself", async () => {
  expect((await post(external, "/api/update/external/check", TEXT)).status).toBe(401);

  expect(await onlyCheck()).toMatchObject({
    ...ASKER,
    outcome: "unauthenticated",
    refusal: "A user's name and password are needed.",
  });
});

test("records how a phone identifies itself in malformed XML in UTF-16", async () => {
  const xml = `<U><MACAddress>${MAC}</MACAddress><Vendor>POLYCOM</Vendor><Model>CX600</Model><UserID>adamb</UserID>`;
  const { status } = await internal.send({
    method: "POST",
    path: "/RequestHandler/ucdevice.upx",
    body: Buffer.from(`\uFEFF${xml}`, "utf16le"),
  });

  expect(status).toBe(400);
  const check = await onlyCheck();
  expect(check).toMatchObject({ macAddress: MAC, userName: "adamb", dialect: "lync" });
  expect(check?.refusal).toContain("well-formed");
});

test("records an unknown pool as the reason", async () => {
  expect((await post(internal, "/api/update/check?pool=nowhere", TEXT)).status).toBe(422);

  const check = await onlyCheck();
  expect(check).toMatchObject({ ...ASKER, poolFqdn: null });
  expect(check?.refusal).toContain("unknown pool");
});

test("answers a check with too long informative texts, and truncates them", async () => {
  const user = "u".repeat(152);
  const body = {
    ...BODY,
    user,
    trigger: "t".repeat(500),
    device: { ...DEVICE, locale: "ENU" },
    modules: [
      { ...BODY.modules[0], timestamp: 1_364_000_000 },
      {
        updateType: "Font",
        fileName: "f".repeat(400),
        version: "v".repeat(400),
        timestamp: "\n".repeat(3),
      },
    ],
  };

  expect((await post(internal, "/api/update/check", JSON.stringify(body))).status).toBe(200);

  const check = await onlyCheck();
  expect(check).toMatchObject({
    refusal: null,
    macAddress: MAC,
    userName: "u".repeat(128),
    trigger: null,
  });
  expect(check?.requested.map(({ fileName }) => fileName.length)).toEqual([7, 128]);
});

test("answers an XML check with too long informative texts, and truncates them", async () => {
  const xml = `<U><MACAddress>${MAC}</MACAddress><SerialNumber>${"s".repeat(200)}</SerialNumber><Vendor>POLYCOM</Vendor>
    <Model>CX600</Model><Locale>${"l".repeat(200)}</Locale><UserID>${"u".repeat(152)}</UserID>
    <Module Filename="CPE.nbt" Version="${"v".repeat(200)}" Timestamp="${"t".repeat(200)}"/></U>`;

  expect((await post(internal, "/RequestHandler/ucdevice.upx", xml)).status).toBe(200);

  expect(await onlyCheck()).toMatchObject({
    macAddress: MAC,
    serialNumber: null,
    userName: "u".repeat(128),
  });
});

test("records the sender and the reason of a refused log", async () => {
  const before = recorderState().outcomes.invalid;
  const query = `macAddress=${MAC}&model=CX600&vendor=POLYCOM&user=adamb&file=a.exe&type=Watson`;

  const { status } = await post(internal, `/api/update/logs?${query}`, "content");

  expect(status).toBe(415);
  const check = await onlyCheck();
  expect(check).toMatchObject({
    trigger: "log_upload",
    outcome: "invalid",
    macAddress: MAC,
    userName: "adamb",
    address: "127.0.0.1",
  });
  expect(check?.refusal).toMatch(/\S/);
  expect(recorderState().outcomes.invalid).toBe(before);
});

test("records the sender of a log that is refused outside, under the path of Lync phones", async () => {
  const path = `/RequestHandlerExt/ucdevice.upx?file=a.clg&type=CELog&macAddress=${MAC}`;

  expect((await post(external, path, "content")).status).toBe(401);

  expect(await onlyCheck()).toMatchObject({
    trigger: "log_upload",
    outcome: "unauthenticated",
    macAddress: MAC,
  });
});
