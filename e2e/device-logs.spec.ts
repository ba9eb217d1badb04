import { readFile } from "node:fs/promises";
import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { z } from "zod";
import { expectNoViolationInAnyTheme } from "./support/accessibility.ts";
import { ucupdates } from "./support/command.ts";
import { contentOf } from "./support/content.ts";
import { askInXml } from "./support/lync-phone.ts";
import { messagesOf } from "./support/messages.ts";
import { ageLogsOf } from "./support/passing-time.ts";
import { BASE_URL } from "./support/server.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");
const POOL = "logs.contoso.com";
const LOGS = `${BASE_URL}/api/update/logs`;

/** Uploads a log as a form with metadata and a file; returns the status. */
async function uploadForm(
  { mac, file, type = "CELog" }: { mac: string; file: string; type?: string },
  { content = "log", pool = "" } = {},
): Promise<number> {
  const form = new FormData();
  form.append("meta", JSON.stringify({ type, device: { mac, model: "CX600" } }));
  form.append("file", new Blob([content]), file);
  const response = await fetch(pool === "" ? LOGS : `${LOGS}?pool=${pool}`, {
    method: "POST",
    body: form,
  });
  return response.status;
}

test("a log that a phone uploads in either form is listed, shown and downloaded unchanged", async ({
  page,
}) => {
  const mac = "0004F2000501";
  const trace = "10:00:00 boot\r\n10:00:07 sign-in failed: 0x80ef0190\r\n";
  expect(await uploadForm({ mac, file: "trace.clg" }, { content: trace })).toBe(201);
  const passed = Buffer.from("Speaker test: passed").toString("base64");
  const answer = await askInXml(
    `<Log><Device MACAddress="${mac}" DeviceType="UCPhone"/><LogType>DiagLog</LogType><FileName>test.txt</FileName><LogData>${passed}</LogData></Log>`,
  );
  expect(answer.status).toBe(200);

  await signIn(page, t, "admin");
  await page.goto(`/logs?q=${mac}`);
  const rows = page.getByRole("row").filter({ has: page.getByRole("rowheader") });
  await expect(rows).toHaveCount(2);

  await rows.filter({ hasText: "trace.clg" }).getByRole("link").click();
  await expect(contentOf(page).getByText("sign-in failed: 0x80ef0190")).toBeVisible();
  await expectNoViolationInAnyTheme(page);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: t("logs.download") }).click(),
  ]);
  expect(download.suggestedFilename()).toContain(mac);
  expect(await readFile(await download.path(), "utf8")).toBe(trace);

  await page.goto(`/logs?q=${mac}&type=DiagLog`);
  await rows.filter({ hasText: "test.txt" }).getByRole("link").click();
  await expect(contentOf(page).getByText("Speaker test: passed")).toBeVisible();
});

const configurations = z.array(
  z.object({
    validLogFileTypes: z.array(z.string()),
    validLogFileExtensions: z.array(z.string()),
    maxLogFileSize: z.number(),
    maxLogCacheLimit: z.number(),
    logFlushInterval: z.string(),
    logCleanUpInterval: z.string(),
    logCleanUpTimeOfDay: z.string().nullable(),
  }),
);

test.afterAll(async () => {
  await ucupdates(["remove-pool", POOL, "--force"]);
});

test("all seven settings can be changed for one site, in the panel and on the command line, and apply immediately", async ({
  page,
}) => {
  await ucupdates(["new-pool", POOL, "--site", "Log site"]);
  const packed = { mac: "0004F2000502", file: "trace.zip" };
  expect(await uploadForm(packed, { pool: POOL })).toBe(415);

  await signIn(page, t, "admin");
  await page.goto("/logs/settings");
  await page.getByRole("button", { name: t("logs.settings.new") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("logs.settings.site")).selectOption("Log site");
  const field = (name: Parameters<typeof t>[0]) => dialog.getByLabel(t(name), { exact: true });
  await field("logs.settings.fields.validTypes").fill("CELog Config");
  await field("logs.settings.fields.validExtensions").fill(".clg, .zip");
  await field("logs.settings.fields.maxFileSizeBytes").fill("4096");
  await field("logs.settings.fields.maxCacheBytes").fill("2048");
  await field("logs.settings.fields.flushIntervalSeconds").fill("7");
  await field("logs.settings.fields.cleanUpIntervalDays").fill("21");
  await field("logs.settings.fields.cleanUpTimeOfDay").fill("04:30");
  await dialog.getByRole("button", { name: t("logs.settings.save") }).click();
  const card = page.getByRole("region", {
    name: t("logs.settings.ofSite", { site: "Log site" }),
  });
  await expect(card).toContainText(".clg .zip");

  expect(await uploadForm(packed, { pool: POOL })).toBe(201);
  expect(await uploadForm({ ...packed, type: "Watson" }, { pool: POOL })).toBe(415);
  expect(await uploadForm(packed, { pool: POOL, content: "x".repeat(4097) })).toBe(413);
  // At all other sites the global settings still apply.
  expect(await uploadForm(packed)).toBe(415);

  const shown = await ucupdates(["get-device-update-configuration", "site:Log site", "--json"]);
  expect(configurations.parse(JSON.parse(shown))).toEqual([
    {
      validLogFileTypes: ["CELog", "Config"],
      validLogFileExtensions: [".clg", ".zip"],
      maxLogFileSize: 4096,
      maxLogCacheLimit: 2048,
      logFlushInterval: "00:07:00",
      logCleanUpInterval: "21.00:00:00",
      logCleanUpTimeOfDay: "04:30",
    },
  ]);

  await ucupdates([
    "set-device-update-configuration",
    "site:Log site",
    ...["--valid-log-file-types", "Watson"],
    ...["--valid-log-file-extensions", ".dmp"],
    ...["--max-log-file-size", "9000", "--max-log-cache-limit", "8000"],
    ...["--log-flush-interval", "9", "--log-clean-up-interval", "33"],
    ...["--log-clean-up-time-of-day", "23:45"],
  ]);
  await page.reload();
  for (const value of ["Watson", ".dmp", "9 kB", "8 kB", "9 minutes", "33 days", "23:45"]) {
    await expect(card).toContainText(value);
  }
  expect(await uploadForm(packed, { pool: POOL })).toBe(415);

  await card.getByRole("button", { name: t("logs.settings.remove") }).click();
  await confirm(page, t("logs.settings.remove"));
  await expect(card).toHaveCount(0);
});

test("clearing asks for confirmation, deletes logs older than the given age, and keeps newer ones", async ({
  page,
}) => {
  const [old, young] = ["0004F2000503", "0004F2000504"];
  expect(await uploadForm({ mac: old, file: "old.clg" })).toBe(201);
  expect(await uploadForm({ mac: young, file: "young.clg" })).toBe(201);
  await ageLogsOf(old, 29);
  await signIn(page, t, "admin");
  await page.goto("/logs");
  const rowOf = (file: string) => page.getByRole("row").filter({ hasText: file });
  await expect(rowOf("old.clg")).toBeVisible();

  await page.getByRole("button", { name: t("logs.clear.action") }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: t("common.cancel") })
    .click();
  await expect(rowOf("old.clg")).toBeVisible();

  await page.getByRole("button", { name: t("logs.clear.action") }).click();
  await page.getByRole("alertdialog").getByLabel(t("logs.clear.daysBack")).fill("28");
  await confirm(page, t("logs.clear.confirm"));
  await expect(
    page.getByText(t("logs.clear.done", { removedLogs: 1, removedAuditFiles: 0 })),
  ).toBeVisible();
  await expect(rowOf("old.clg")).toHaveCount(0);
  await expect(rowOf("young.clg")).toBeVisible();
});

async function confirm(page: Page, label: string): Promise<void> {
  await page.getByRole("alertdialog").getByRole("button", { name: label, exact: true }).click();
}
