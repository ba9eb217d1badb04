import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { deviceService } from "#phones/device-api/testing/device-service";
import { z } from "zod";
import { auditFileName } from "#phones/check-log/audit-file-name";
import { auditDirectory } from "#phones/check-log/server/audit-files";
import { reloadRules } from "#phones/check/testing/stored-update";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import { clientDirectory } from "#phones/device-logs/server/log-files";
import { forgetUsage } from "#phones/device-logs/server/log-store";
import { flushLogs } from "#phones/device-logs/server/sync-cache";
import { db } from "#foundation/platform/db/client";
import { aPool } from "#firmware/rules/testing/rules";

const DAY_MS = 24 * 60 * 60 * 1000;
const listed = z.array(z.looseObject({ fileName: z.string(), givenName: z.string() }));

const { internal: server } = deviceService();

afterAll(async () => {
  await flushLogs();
});

beforeEach(async () => {
  await rm(clientDirectory(), { recursive: true, force: true });
  await rm(auditDirectory(), { recursive: true, force: true });
  forgetUsage();
  await aPool();
  await reloadRules();
});

/** Uploads a log as a phone does, `ageDays` days ago. */
async function aLog(
  macAddress: string,
  { type = "CELog", file = "a.clg", ageDays = 0 } = {},
): Promise<string> {
  const query = new URLSearchParams({ type, file, mac: macAddress, model: "CX600" });
  const response = await server.send({
    method: "POST",
    path: `/api/update/logs?${query.toString()}`,
    body: `log of ${macAddress}`,
  });
  const { id } = z.object({ id: z.string() }).parse(response.json());
  const at = new Date(Date.now() - ageDays * DAY_MS);
  const { fileName, logType } = await db.deviceLog.update({ where: { id }, data: { at } });
  return join(clientDirectory(), logType, fileName);
}

async function anAuditFile(ageDays: number): Promise<string> {
  const day = new Date(Date.now() - ageDays * DAY_MS).toISOString().slice(0, 10);
  const name = auditFileName(hostname(), day);
  await mkdir(auditDirectory(), { recursive: true });
  await writeFile(join(auditDirectory(), name), "line\r\n");
  return name;
}

async function givenNames(...args: readonly string[]): Promise<readonly string[]> {
  const result = await runCli(["get-device-update-log", ...args, "--json"]);
  expect(result.code).toBe(0);
  return listed.parse(parseOutput(result)).map(({ givenName }) => givenName);
}

test("lists uploaded logs, latest first, with their names on the disk", async () => {
  await aLog("0004F2000176", { file: "old.clg", ageDays: 2 });
  const path = await aLog("0004F2000177", { file: "=new.kdmp", type: "Watson" });

  const shown = parseOutput(await runCli(["get-device-update-log", "--json"]));
  expect(shown).toMatchObject([
    {
      logType: "Watson",
      macAddress: "00-04-F2-00-01-77",
      model: "CX600",
      sizeBytes: 19,
      givenName: "=new.kdmp",
      pool: "pool01.contoso.com",
      side: "internal",
    },
    { logType: "CELog", givenName: "old.clg" },
  ]);
  expect(path.endsWith(listed.parse(shown)[0]?.fileName ?? "nothing")).toBe(true);

  const csv = await runCli(["get-device-update-log", "--csv"]);
  expect(csv.stdout).not.toMatch(/(^|,)"?=/m);
});

test("finds logs by phone, type, pool and day", async () => {
  await aLog("0004F2000176", { file: "a.clg", ageDays: 3 });
  const today = new Date().toISOString().slice(0, 10);
  await aLog("0004F2000177", { file: "b.kdmp", type: "Watson" });

  expect(await givenNames("00-04-F2-00-01-76")).toEqual(["a.clg"]);
  expect(await givenNames("--type", "Watson")).toEqual(["b.kdmp"]);
  expect(await givenNames("--type", "Watson", "--type", "CELog")).toEqual(["b.kdmp", "a.clg"]);
  expect(await givenNames("--pool", "service:WebServer:pool01.contoso.com")).toHaveLength(2);
  // An empty list for an unknown pool would look like a complete answer.
  const unknown = await runCli(["get-device-update-log", "--pool", "pool02.contoso.com"]);
  expect(unknown).toMatchObject({ code: 2, stdout: "" });
  expect(unknown.stderr).toContain("pool02.contoso.com");
  expect(await givenNames("--from", today)).toEqual(["b.kdmp"]);
  const nothing = await runCli(["get-device-update-log", "unknown"]);
  expect(nothing).toMatchObject({ code: 0, stdout: "", stderr: "Nothing found.\n" });
});

test("clear-device-update-log deletes logs older than the given days, and prints their number", async () => {
  const old = await aLog("0004F2000176", { ageDays: 11 });
  const young = await aLog("0004F2000177", { ageDays: 9 });
  await anAuditFile(12);
  const kept = await anAuditFile(3);

  const preview = await runCli(["clear-device-update-log", "--days-back", "10", "--what-if"]);
  expect(preview).toMatchObject({
    code: 0,
    stdout: "Logs older than 10 days would be deleted.\n",
  });
  expect(existsSync(old)).toBe(true);

  expect(await runCli(["clear-device-update-log", "--days-back", "10"])).toMatchObject({
    code: 0,
    stdout: "1 device log and 1 file of the check log deleted.\n",
  });
  expect([existsSync(old), existsSync(young)]).toEqual([false, true]);
  expect(await readdir(auditDirectory())).toEqual([kept]);
  expect(await db.deviceLog.count()).toBe(1);
  expect(await db.auditEntry.findMany({ where: { subjectId: "logs" } })).toMatchObject([
    { actorKind: "command_line" },
  ]);
});

test.each([["0"], ["31"], ["1.5"], ["ten"], []])(
  "clear-device-update-log accepts only 1 to 30 days, and refuses: %s",
  async (...days) => {
    const path = await aLog("0004F2000176", { ageDays: 40 });
    const options = days.length === 0 ? [] : ["--days-back", ...days];
    expect((await runCli(["clear-device-update-log", ...options])).code).toBe(2);
    expect(existsSync(path)).toBe(true);
  },
);

test("--confirm without a terminal is refused and changes nothing", async () => {
  await aLog("0004F2000176", { ageDays: 40 });
  const { code, stderr } = await runCli([
    ...["clear-device-update-log", "--days-back", "10", "--confirm"],
  ]);
  expect(code).toBe(2);
  expect(stderr).toContain("no terminal");
  expect(await db.deviceLog.count()).toBe(1);
});
