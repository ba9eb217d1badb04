import { readFile } from "node:fs/promises";
import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { z } from "zod";
import { expectPhones } from "./support/command.ts";
import { contentOf } from "./support/content.ts";
import { askInJson } from "./support/json-phone.ts";
import { messagesOf } from "./support/messages.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

/** A model without other phones. */
const MODEL = "CX606";
/** More than a page of the list. */
const PHONES = Array.from({ length: 60 }, (_, index) => {
  const number = index.toString(16).toUpperCase().padStart(2, "0");
  return {
    macAddress: `0004F2000A${number}`,
    model: MODEL,
    serialNumber: `L6-${index % 2}-${index}`,
  };
});

const exported = z.array(z.looseObject({ macAddress: z.string(), hardwareVersion: z.string() }));

test.beforeAll(async () => {
  await Promise.all(PHONES.map((phone) => askInJson(phone)));
  await expectPhones(["--model", MODEL], PHONES.length);
});

test("a list is exported as it is filtered and sorted, all pages of it, as CSV and as JSON", async ({
  page,
}) => {
  await signIn(page, t, "viewer");
  await page.goto(`/devices?q=${MODEL}&sort=macAddress&order=desc`);
  await expect(contentOf(page).getByText(/ of 60$/)).toBeVisible();
  const expected = PHONES.map(({ macAddress }) => written(macAddress)).toReversed();

  const lines = (await download(page, t("table.export.csv"))).trimEnd().split(/\r?\n/);
  const column = lines[0]?.split(",").indexOf("MAC address") ?? -1;
  expect(lines.slice(1).map((line) => line.split(",")[column])).toEqual(expected);

  const all = exported.parse(JSON.parse(await download(page, t("table.export.json"))));
  expect(all.map(({ macAddress }) => written(macAddress.replaceAll("-", "")))).toEqual(expected);
  expect(new Set(all.map(({ hardwareVersion }) => hardwareVersion))).toEqual(new Set([MODEL]));

  await page.getByRole("textbox", { name: t("devices.list.search") }).fill("L6-1-");
  await expect(contentOf(page).getByText(/ of 30$/)).toBeVisible();
  const odd = exported.parse(JSON.parse(await download(page, t("table.export.json"))));
  expect(odd).toHaveLength(30);
});

test("selected phones are exported with the columns and in the order of the whole list", async ({
  page,
}) => {
  await signIn(page, t, "viewer");
  await page.goto(`/devices?q=${MODEL}&sort=macAddress&order=asc`);
  await expect(contentOf(page).getByText(/ of 60$/)).toBeVisible();
  const whole = (await download(page, t("table.export.csv"))).trimEnd().split(/\r?\n/);
  const rows = page.getByRole("row").filter({ has: page.getByRole("rowheader") });
  await rows.nth(4).getByRole("checkbox").check();
  await rows.nth(1).getByRole("checkbox").check();

  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: t("retirement.actions.export"), exact: true }).click();
  const some = await readFile(await (await downloading).path(), "utf8");

  expect(some.trimEnd().split(/\r?\n/)).toEqual([whole[0], whole[2], whole[5]]);
});

test("an address with values that the list does not know is named each time it opens", async ({
  page,
}) => {
  await signIn(page, t, "viewer");
  await page.goto("/devices?state=broken");
  const message = page.getByRole("listitem").filter({ hasText: t("table.views.unknown") });
  await expect(message).toContainText("state=broken");
  await message.getByRole("button", { name: t("common.close") }).click();
  await expect(message).toHaveCount(0);

  const navigation = page.getByRole("navigation", { name: t("shell.navigation") });
  await navigation.getByRole("link", { name: t("shell.nav.devices") }).click();
  await expect(page).toHaveURL(/\/devices$/);
  await page.goBack();
  await expect(message).toContainText("state=broken");
});

/** Chooses a format in the menu of the list, and returns the file. */
async function download(page: Page, format: string): Promise<string> {
  await page.getByRole("button", { name: t("table.export.action") }).click();
  const downloading = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: format }).click();
  const path = await (await downloading).path();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
  return readFile(path, "utf8");
}

function written(macAddress: string): string {
  return macAddress.replaceAll(/(..)(?=.)/g, "$1-");
}

test("a list asks the server about a phone's page only when its link is pointed at", async ({
  page,
}) => {
  await signIn(page, t, "viewer");
  const prepared: string[] = [];
  page.on("request", (request) => {
    if (request.headers()["next-router-prefetch"] !== undefined) {
      prepared.push(new URL(request.url()).pathname);
    }
  });
  await page.goto(`/devices?q=${MODEL}`);
  await expect(contentOf(page).getByText(/ of 60$/)).toBeVisible();
  await page.waitForLoadState("networkidle");
  expect(prepared).toEqual([]);

  const link = page.getByRole("link", { name: MODEL }).first();
  await link.hover();
  await expect.poll(() => prepared).not.toEqual([]);
  const href = new URL((await link.getAttribute("href")) ?? "", page.url());
  expect(new Set(prepared)).toEqual(new Set([href.pathname]));
});
