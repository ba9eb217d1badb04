import { beforeEach, expect, test } from "vitest";
import { parseOutput, runCli } from "#programs/cli/testing/run-cli";
import type { CliResult } from "#programs/cli/testing/run-cli";
import { DEFAULT_LOG_SETTINGS } from "#phones/device-logs/model";
import { db } from "#foundation/platform/db/client";
import { emptyTables } from "#foundation/platform/testing/database";
import { aPool } from "#firmware/rules/testing/rules";

beforeEach(async () => {
  await emptyTables();
  await aPool("pool01.contoso.com", "Redmond");
});

function get(...args: readonly string[]): Promise<CliResult> {
  return runCli(["get-device-update-configuration", ...args, "--json"]);
}

function set(...args: readonly string[]): Promise<CliResult> {
  return runCli(["set-device-update-configuration", ...args]);
}

test("shows the original's defaults until they are changed, under the cmdlet's property names", async () => {
  expect(parseOutput(await get())).toEqual([
    {
      identity: "Global",
      validLogFileTypes: DEFAULT_LOG_SETTINGS.validTypes,
      validLogFileExtensions: DEFAULT_LOG_SETTINGS.validExtensions,
      maxLogFileSize: 1_024_000,
      maxLogCacheLimit: 512_000,
      logFlushInterval: "00:05:00",
      logCleanUpInterval: "10.00:00:00",
      logCleanUpTimeOfDay: null,
      effectiveCleanUpTimeOfDay: "03:00",
      changedAt: null,
      changedBy: null,
    },
  ]);
});

test("a site's settings start as a copy of the global ones and are independent afterwards", async () => {
  expect((await set("--log-clean-up-interval", "30", "--log-flush-interval", "7")).code).toBe(0);
  const made = await runCli([
    ...["new-device-update-configuration", "site:redmond", "--max-log-file-size", "2048000"],
    ...["--valid-log-file-types", "CELog", "--valid-log-file-types", "Watson"],
  ]);
  expect(made.code).toBe(0);
  expect((await set("global", "--log-clean-up-interval", "5.00:00:00")).code).toBe(0);
  expect((await set("Site:Redmond", "--log-clean-up-time-of-day", "04:30")).code).toBe(0);

  expect(parseOutput(await get())).toMatchObject([
    { identity: "Global", logCleanUpInterval: "5.00:00:00", maxLogFileSize: 1_024_000 },
    {
      identity: "Site:Redmond",
      logCleanUpInterval: "30.00:00:00",
      logFlushInterval: "00:07:00",
      logCleanUpTimeOfDay: "04:30",
      maxLogFileSize: 2_048_000,
      validLogFileTypes: ["CELog", "Watson"],
    },
  ]);
  expect(await db.auditEntry.count({ where: { actorKind: "command_line" } })).toBe(4);
});

test("after removing a site's settings the global ones apply; removing the global ones restores the defaults", async () => {
  await set("--max-log-file-size", "3000000");
  await runCli(["new-device-update-configuration", "site:Redmond"]);

  const remove = ["remove-device-update-configuration"];
  expect((await runCli([...remove, "site:Redmond", "--what-if"])).code).toBe(0);
  expect(parseOutput(await get())).toHaveLength(2);
  expect((await runCli([...remove, "site:Redmond"])).code).toBe(0);
  expect(parseOutput(await get())).toMatchObject([{ maxLogFileSize: 3_000_000 }]);
  expect((await runCli([...remove, "global"])).code).toBe(0);
  expect(parseOutput(await get())).toMatchObject([{ maxLogFileSize: 1_024_000 }]);
});

test("exits with distinct codes for settings that are missing or exist already", async () => {
  expect((await get("site:Redmond")).code).toBe(3);
  expect((await set("site:Redmond", "--max-log-file-size", "2048000")).code).toBe(3);
  expect((await runCli(["new-device-update-configuration", "site:Nowhere"])).code).toBe(3);
  await runCli(["new-device-update-configuration", "site:Redmond"]);
  expect((await runCli(["new-device-update-configuration", "site:Redmond"])).code).toBe(4);
});

test.each([
  ["--max-log-file-size", "1"],
  ["--max-log-file-size", "large"],
  ["--log-flush-interval", "61"],
  ["--log-flush-interval", "00:00:59"],
  ["--log-clean-up-interval", "366"],
  ["--log-clean-up-time-of-day", "24:00"],
  ["--valid-log-file-extensions", "clg"],
  ["--valid-log-file-types", "../etc"],
])("refuses %s %s, and changes nothing", async (option, value) => {
  const refused = await set(option, value);
  expect(refused.code).toBe(2);
  expect(refused.stderr).not.toBe("");
  expect(await db.auditEntry.count({ where: { subjectKind: "settings" } })).toBe(0);
});
