import { Buffer } from "node:buffer";
import { existsSync } from "node:fs";
import { readFile, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DEFAULT_LOG_SETTINGS } from "#phones/device-logs/model";
import { deviceService } from "#phones/device-api/testing/device-service";
import { reloadRules } from "#phones/check/testing/stored-update";
import { aContext } from "#foundation/core/testing/contexts";
import type { RawResponse } from "#phones/device-api/testing/device-server";
import { DAMAGES } from "#firmware/files/testing/damage";
import type { LogSettings } from "#phones/device-logs/model";
import {
  changeLogSettings,
  createLogSettings,
} from "#phones/device-logs/server/change-log-settings";
import { clearLogs } from "#phones/device-logs/server/clear-logs";
import { clientDirectory, measureStore } from "#phones/device-logs/server/log-files";
import { cleanUpDueLogs, startLogKeeper } from "#phones/device-logs/server/log-keeper";
import { forgetUsage } from "#phones/device-logs/server/log-store";
import { downloadLog } from "#phones/device-logs/server/read-log";
import { flushLogs, waitingBytes } from "#phones/device-logs/server/sync-cache";
import { db } from "#foundation/platform/db/client";
import type { Pool } from "#fleet/pools/model";
import { setNetworks } from "#fleet/sites/server/set-networks";
import { aPool } from "#firmware/rules/testing/rules";

const LOGS = "/api/update/logs";
const LYNC = "/RequestHandler/ucdevice.upx";
const QUOTA_BYTES = 4_000_000;
const WAIT = { timeout: 10_000, interval: 20 };
const DAY_MS = 24 * 60 * 60 * 1000;

const { internal: server } = deviceService({
  env: {
    TRUSTED_PROXIES: "127.0.0.1",
    LOG_STORE_QUOTA_BYTES: String(QUOTA_BYTES),
    LOG_STORE_FREE_BYTES: "0",
    LOG_UPLOADS_PER_MINUTE: "5",
  },
});
let pool: Pool;
let phones = 0;

beforeEach(async () => {
  await rm(clientDirectory(), { recursive: true, force: true });
  forgetUsage();
  pool = await aPool();
  await reloadRules();
});

afterEach(async () => {
  await flushLogs();
});

/** A new phone for each call, so that tests do not share rate limits. */
function aMac(): string {
  phones += 1;
  return `0004F2${phones.toString(16).padStart(6, "0").toUpperCase()}`;
}

type Upload = {
  readonly mac?: string;
  readonly body?: string | Buffer;
  readonly file?: string;
  readonly type?: string;
  readonly path?: string;
  readonly address?: string;
};

function upload({
  mac = aMac(),
  body = "log",
  file = "a.clg",
  type = "CELog",
  path = LOGS,
  address = `10.1.${Math.floor(phones / 250)}.${phones % 250}`,
}: Upload = {}): Promise<RawResponse> {
  const query = new URLSearchParams({ type, file, mac, deviceType: "UCPhone", model: "CX600" });
  return server.send({
    method: "POST",
    path: `${path}?${query.toString()}`,
    headers: { "content-type": "application/octet-stream", "x-forwarded-for": address },
    body,
  });
}

/** Disposition, content type (empty for none) and content. */
type FormPart = readonly [disposition: string, contentType: string, content: string];

/** Built by hand: phones send part headers that browser forms never contain. */
function sendForm(
  path: string,
  parts: readonly FormPart[],
  encoding: BufferEncoding = "utf8",
): Promise<RawResponse> {
  const lines = parts.flatMap(([disposition, contentType, content]) => [
    "--XyZ",
    `Content-Disposition: form-data; ${disposition}`,
    ...(contentType === "" ? [] : [`Content-Type: ${contentType}`]),
    "",
    content,
  ]);
  const body = [...lines, "--XyZ--", ""].join("\r\n");
  const headers = { "content-type": "multipart/form-data; boundary=XyZ" };
  return server.send({ method: "POST", path, headers, body: Buffer.from(body, encoding) });
}

async function stored(): Promise<readonly { readonly fileName: string; readonly path: string }[]> {
  const logs = await db.deviceLog.findMany({ orderBy: { fileName: "asc" } });
  return logs.map(({ fileName, logType }) => ({
    fileName,
    path: join(clientDirectory(), logType, fileName),
  }));
}

async function setSettings(changes: Partial<LogSettings>, siteName: string | null = null) {
  const settings = { ...DEFAULT_LOG_SETTINGS, ...changes };
  await (siteName === null
    ? changeLogSettings(aContext(), { siteName, settings })
    : createLogSettings(aContext(), { siteName, settings }));
}

test("stores a raw log byte for byte under a generated name, and lists it", async () => {
  const body = Buffer.from([0, 1, 2, 255, 13, 10]);

  const response = await upload({ mac: "0004F2000176", body, file: "../../etc/passwd.clg" });

  expect(response.status).toBe(201);
  const [log] = await db.deviceLog.findMany();
  expect(response.json()).toEqual({ id: log?.id });
  expect(log).toMatchObject({
    deviceKey: "mac:0004f2000176",
    model: "CX600",
    logType: "CELog",
    givenName: "../../etc/passwd.clg",
    sizeBytes: 6n,
    poolId: pool.id,
    siteId: pool.siteId,
  });
  expect(log?.fileName).toMatch(/^UCPhone_0004F2000176-\d{8}-CELOG\d{6}_0\.clg$/);
  expect(await readFile(join(clientDirectory(), "CELog", log?.fileName ?? ""))).toEqual(body);
});

test.each([
  ["objects", '{"a":'.repeat(9_000)],
  ["lists", `{"a":${"[".repeat(50_000)}`],
  ["closed objects", `${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}`],
  ["nine levels", `${'{"a":'.repeat(9)}1${"}".repeat(9)}`],
])("returns 400 for meta data of nested %s", async (_what, json) => {
  const log: FormPart = ['name="file"; filename="c.kdmp"', "application/octet-stream", "dump"];
  for (const meta of [
    ['name="meta"', "", json],
    ['name="info"; filename="info.json"', "application/json", json],
  ] satisfies FormPart[]) {
    const response = await sendForm(LOGS, [meta, log]);
    expect(response.status).toBe(400);
  }
  expect(await db.deviceLog.findMany()).toEqual([]);
});

test("stores a form of meta data and a file with the fields of the meta data", async () => {
  const mac = aMac();
  const form = new FormData();
  form.append("meta", JSON.stringify({ type: "watson", device: { mac, model: "CX700" } }));
  form.append("file", new Blob(["dump"]), "crash.kdmp");
  const request = new Request("http://phone/", { method: "POST", body: form });

  const response = await server.send({
    method: "POST",
    path: LOGS,
    headers: { "content-type": request.headers.get("content-type") ?? "" },
    body: Buffer.from(await request.arrayBuffer()),
  });

  expect(response.status).toBe(201);
  expect(await db.deviceLog.findMany()).toMatchObject([
    { macAddress: mac, model: "CX700", logType: "Watson", extension: ".kdmp" },
  ]);
  const [log] = await stored();
  expect(await readFile(log?.path ?? "", "utf8")).toBe("dump");
});

describe.each([
  [LOGS, 201],
  [LYNC, 200],
])("a form under %s", (path, status) => {
  const xmlOf = (mac: string): string =>
    `<?xml version="1.0"?><Log><Device MACAddress="${mac}" Model="CX700"/><LogType>Watson</LogType>
      <Modules><Module><FileName>CPE.nbt</FileName></Module></Modules></Log>`;
  const jsonOf = (mac: string): string =>
    JSON.stringify({ type: "Watson", device: { macAddress: mac, model: "CX700" } });
  const dump: FormPart = ['name="file"; filename="c.kdmp"', "application/octet-stream", "dump"];
  const descriptions: readonly (readonly [string, string, string, typeof xmlOf])[] = [
    ["XML", 'name="description"', "text/xml", xmlOf],
    ["XML as a file", 'name="xml"; filename="request.xml"', "text/xml; charset=utf-8", xmlOf],
    ["XML as a file without extension", 'name="xml"; filename="request"', "application/xml", xmlOf],
    ["JSON called meta", 'name="meta"', "", jsonOf],
    ["JSON called meta, as a file", 'name="meta"; filename="blob"', "application/json", jsonOf],
    ["JSON as a file", 'name="info"; filename="info.json"', "application/json", jsonOf],
  ];

  test.each(descriptions)(
    "of %s and a log is stored with the described fields, in either order",
    async (...[, disposition, type, write]) => {
      for (const isFirst of [true, false]) {
        const mac = aMac();
        const description: FormPart = [disposition, type, write(mac)];

        const response = await sendForm(path, isFirst ? [description, dump] : [dump, description]);

        expect(response.status).toBe(status);
        const [log] = await db.deviceLog.findMany({ where: { macAddress: mac } });
        expect(log).toMatchObject({ model: "CX700", logType: "Watson", givenName: "c.kdmp" });
        const file = join(clientDirectory(), "Watson", log?.fileName ?? "");
        expect(await readFile(file, "utf8")).toBe("dump");
      }
    },
  );

  test("of a description in a code page and a log is stored with the described fields", async () => {
    const mac = aMac();
    const said = xmlOf(mac).replace("<LogType>", "<UserID>Jürgen</UserID><LogType>");
    const response = await sendForm(path, [['name="x"', "text/xml", said], dump], "latin1");
    expect(response.status).toBe(status);
    expect(await db.deviceLog.findMany()).toMatchObject([{ macAddress: mac, logType: "Watson" }]);
  });

  test.each([
    ["comes second", "request.xml", "config.xml", true],
    ["alone is named like a log", "request.data", "config.xml", true],
    ["alone is named like a log", "request.data", "config.xml", false],
  ])(
    "of two XML files takes as the log the one that %s",
    async (...[, request, config, isFirst]) => {
      const mac = aMac();
      const said = xmlOf(mac).replace("Watson", "Config");
      const description: FormPart = [`name="a"; filename="${request}"`, "text/xml", said];
      const log: FormPart = [`name="b"; filename="${config}"`, "text/xml", "<settings/>"];

      const response = await sendForm(path, isFirst ? [description, log] : [log, description]);

      expect(response.status).toBe(status);
      expect(await db.deviceLog.findFirst()).toMatchObject({ macAddress: mac, givenName: config });
      const [kept] = await stored();
      expect(await readFile(kept?.path ?? "", "utf8")).toBe("<settings/>");
    },
  );

  test("of a single XML file takes it as the log", async () => {
    const field: FormPart = ['name="type"', "", "Config"];
    const log: FormPart = ['name="file"; filename="config.xml"', "text/xml", "<settings/>"];

    expect((await sendForm(path, [field, log])).status).toBe(status);
    expect(await db.deviceLog.findFirst()).toMatchObject({ givenName: "config.xml" });
  });

  test.each<readonly [string, (xml: FormPart) => readonly FormPart[]]>([
    ["two logs", () => [dump, dump]],
    ["two logs and a description", (xml) => [dump, xml, dump]],
    ["two descriptions and a log", (xml) => [xml, dump, xml]],
  ])("of %s is refused, and nothing is stored", async (_what, partsWith) => {
    const xml: FormPart = ['name="xml"; filename="request.xml"', "text/xml", xmlOf(aMac())];

    expect((await sendForm(path, partsWith(xml))).status).toBe(400);
    expect(await db.deviceLog.count()).toBe(0);
    expect(await measureStore()).toBe(0);
  });

  test("is optional: a raw body is named by its disposition, and its type by its extension", async () => {
    const headers = {
      "content-type": "application/octet-stream",
      "content-disposition": 'attachment; filename="C:\\Logs\\crash.KDMP"',
      "x-forwarded-for": "10.2.0.1",
    };

    const response = await server.send({ method: "POST", path, headers, body: "dump" });

    expect(response.status).toBe(status);
    expect(await db.deviceLog.findMany()).toMatchObject([
      { logType: "Watson", extension: ".kdmp", address: "10.2.0.1" },
    ]);
    const [log] = await stored();
    expect(await readFile(log?.path ?? "", "utf8")).toBe("dump");
  });
});

test.each([
  [LOGS, 201],
  [LYNC, 200],
])("decodes XML with base64 under %s", async (path, status) => {
  const mac = aMac();
  const content = Buffer.from("functional test: passed").toString("base64");
  const body = `<?xml version="1.0"?><x:Log xmlns:x="urn:x"><Device MACAddress="${mac}" DeviceType="UCPhone"/>
    <LogType>CELog</LogType><FileName>t.clg</FileName><LogData>${content}</LogData></x:Log>`;

  const headers = { "content-type": "text/xml" };
  const response = await server.send({ method: "POST", path, headers, body });

  expect(response.status).toBe(status);
  const [log] = await stored();
  expect(await readFile(log?.path ?? "", "utf8")).toBe("functional test: passed");
  expect(await db.deviceLog.findFirst()).toMatchObject({ macAddress: mac, givenName: "t.clg" });
});

test("accepts raw logs and still answers checks under the original's path", async () => {
  const log = await upload({ path: LYNC });
  const body = "<Request><DeviceType>UCPhone</DeviceType><Vendor>x</Vendor></Request>";
  const headers = { "content-type": "text/xml" };
  const check = await server.send({ method: "POST", path: LYNC, headers, body });

  expect([log.status, check.status]).toEqual([200, 200]);
  expect(await db.deviceLog.count()).toBe(1);
});

describe.each([LOGS, LYNC])("under %s", (path) => {
  test.each([
    ["a type that is not valid", { type: "Secrets" }, 415],
    ["an extension that is not valid", { file: "a.exe" }, 415],
    ["a name without extension", { file: "a" }, 415],
    ["too many bytes", { body: Buffer.alloc(1_024_001) }, 413],
    ["an empty body", { body: "" }, 400],
  ] as const)("refuses %s and stores nothing", async (_what, options, status) => {
    expect((await upload({ ...options, path })).status).toBe(status);

    expect(await db.deviceLog.count()).toBe(0);
    expect(await measureStore()).toBe(0);
  });
});

test("applies the settings of the requested pool's site, and elsewhere the global settings", async () => {
  const other = await aPool("pool02.fabrikam.com");
  const site = await db.site.create({ data: { name: "Redmond", nameKey: "redmond" } });
  await db.pool.update({ where: { id: other.id }, data: { siteId: site.id } });
  await setSettings({ validExtensions: [".clg"] });
  await setSettings({ validExtensions: [".log"] }, "redmond");
  await reloadRules();
  const path = `${LOGS}?pool=pool02.fabrikam.com&type=CELog&mac=${aMac()}`;
  const there = (file: string) =>
    server.send({ method: "POST", path: `${path}&file=${file}`, body: "x" });

  expect([(await there("a.log")).status, (await there("a.clg")).status]).toEqual([201, 415]);
  expect((await upload({ file: "a.log" })).status).toBe(415);
  expect((await upload({ file: "a.clg" })).status).toBe(201);
});

test("applies the settings of the site whose network contains the phone's address", async () => {
  await setNetworks(aContext(), { networks: [{ network: "10.77.0.0/16", siteName: "Berlin" }] });
  await setSettings({ validExtensions: [".clg"] });
  await setSettings({ validExtensions: [".log"] }, "berlin");
  await reloadRules();

  expect((await upload({ file: "a.log", address: "10.77.0.9" })).status).toBe(201);
  expect((await upload({ file: "a.clg", address: "10.77.0.9" })).status).toBe(415);
  expect((await upload({ file: "a.clg", address: "10.78.0.9" })).status).toBe(201);
  const logs = await db.deviceLog.findMany({ orderBy: { address: "asc" } });
  const site = await db.site.findUniqueOrThrow({ where: { nameKey: "berlin" } });
  expect(logs.map(({ siteId }) => siteId)).toEqual([site.id, pool.siteId]);
});

test("throttles a phone that uploads too often, with a retry delay", async () => {
  const mac = aMac();
  const statuses = [];
  for (let count = 0; count < 6; count += 1) {
    const response = await upload({ mac });
    statuses.push(response.status);
    if (response.status === 429) {
      expect(Number(response.headers["retry-after"])).toBeGreaterThan(0);
    }
  }
  expect(statuses).toEqual([201, 201, 201, 201, 201, 429]);
  expect((await upload()).status).toBe(201);
});

test("never exceeds the quota under a flood of uploads, and deletes no stored log", async () => {
  const before = await upload({ body: "evidence" });
  expect(before.status).toBe(201);
  const [evidence] = await stored();

  const statuses: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    const responses = await Promise.all(
      Array.from({ length: 20 }, () => upload({ body: Buffer.alloc(300_000, 1) })),
    );
    statuses.push(...responses.map(({ status }) => status));
    expect(await measureStore()).toBeLessThanOrEqual(QUOTA_BYTES);
  }

  expect(new Set(statuses)).toEqual(new Set([201, 503]));
  expect(existsSync(evidence?.path ?? "")).toBe(true);
  expect(await db.deviceLog.count()).toBe(1 + statuses.filter((status) => status === 201).length);
});

test("limits a phone to its share, so that others find room", async () => {
  const mac = aMac();
  await setSettings({ maxFileSizeBytes: 300_000 });
  const body = Buffer.alloc(250_000, 1);

  expect((await upload({ mac, body })).status).toBe(201);
  expect((await upload({ mac, body })).status).toBe(503);
  expect((await upload({ body })).status).toBe(201);
});

test("flushes the cache to the disk as soon as it exceeds the limit", async () => {
  await setSettings({ maxCacheBytes: 1000 });
  await upload({ body: Buffer.alloc(600, 1) });
  expect(waitingBytes()).toBe(600);
  await upload({ body: Buffer.alloc(600, 1) });
  expect(waitingBytes()).toBe(0);
});

test("acknowledges nothing and leaves no file while the database is down", async () => {
  await db.$executeRaw`ALTER TABLE "DeviceLog" RENAME TO "DeviceLogAway"`;
  try {
    expect((await upload()).status).toBeGreaterThanOrEqual(500);
  } finally {
    await db.$executeRaw`ALTER TABLE "DeviceLogAway" RENAME TO "DeviceLog"`;
  }
  expect(await measureStore()).toBe(0);
});

test("deletes expired logs, file and row together, and files that a crash left", async () => {
  await upload();
  await upload();
  const [old, young] = await stored();
  const now = new Date();
  await db.deviceLog.update({
    where: { fileName: old?.fileName ?? "" },
    data: { at: new Date(now.getTime() - 11 * DAY_MS) },
  });
  const orphan = join(clientDirectory(), "CELog", "orphan.clg");
  await writeFile(orphan, "left over");
  await utimes(orphan, new Date(now.getTime() - DAY_MS), new Date(now.getTime() - DAY_MS));

  await cleanUpDueLogs(now, new Map());

  expect((await stored()).map(({ fileName }) => fileName)).toEqual([young?.fileName]);
  expect(await readdir(join(clientDirectory(), "CELog"))).toEqual([young?.fileName]);
});

test("deletes expired logs in the started keeper, and no others", async () => {
  await upload();
  await upload();
  const [old, young] = await stored();
  await db.deviceLog.update({
    where: { fileName: old?.fileName ?? "" },
    data: { at: new Date(Date.now() - 11 * DAY_MS) },
  });

  const keeper = startLogKeeper();
  try {
    await vi.waitFor(() => {
      expect(existsSync(old?.path ?? "")).toBe(false);
    }, WAIT);
  } finally {
    // Waits for the run in progress.
    await keeper.stop();
  }

  expect(await stored()).toEqual([young]);
  expect(existsSync(young?.path ?? "")).toBe(true);
});

test("cleans up once a day, at the configured time", async () => {
  await setSettings({ cleanUpTimeOfDay: "04:30" });
  const lastRuns = new Map<string, Date>();
  const at = (day: number, hour: number): Date => new Date(2026, 10, day, hour, 31);
  await cleanUpDueLogs(at(1, 12), lastRuns);
  await upload();
  await db.deviceLog.updateMany({ data: { at: at(1, 0) } });

  const removed = [];
  for (const now of [at(12, 3), at(13, 3), at(13, 4), at(13, 5)]) {
    removed.push(await cleanUpDueLogs(now, lastRuns));
  }

  expect(removed).toEqual([1, 0, 0, 0]);
});

test("deletes older logs of all sites by a manual clean-up, and audits it", async () => {
  await upload();
  await upload();
  const [old] = await stored();
  const now = new Date();
  const at = new Date(now.getTime() - 3 * DAY_MS);
  await db.deviceLog.update({ where: { fileName: old?.fileName ?? "" }, data: { at } });

  expect(await clearLogs(aContext({ now }), { daysBack: 2 })).toMatchObject({ removedLogs: 1 });

  expect(existsSync(old?.path ?? "")).toBe(false);
  expect(await db.auditEntry.count({ where: { subjectId: "logs" } })).toBe(1);
});

test.each([
  "a missing end",
  "an extra byte",
  "a directory",
  "a symbolic link to the right content",
])("does not serve %s in place of the log as a complete download", async (name) => {
  await upload({ body: "x".repeat(1_000) });
  const { id: logId } = await db.deviceLog.findFirstOrThrow();
  const [log] = await stored();
  expect((await downloadLog(aContext(), { logId }))?.log.sizeBytes).toBe(1_000);

  await DAMAGES[name]?.inflict(log?.path ?? "");

  await expect(downloadLog(aContext(), { logId })).rejects.toMatchObject({
    code: "invalid_state",
  });
});
