import { readFile } from "node:fs/promises";
import { expect, test } from "playwright/test";
import type { Locator, Page } from "playwright/test";
import { MAX_COUNTED_DEVICES } from "#fleet/devices/search-params";
import { POOLS } from "../../scripts/demo/plan.ts";
import { planFleet } from "../../scripts/demo/plan-fleet.ts";
import type { PlannedPhone } from "../../scripts/demo/plan-fleet.ts";
import { askInJson } from "../support/json-phone.ts";
import { messagesOf } from "../support/messages.ts";
import { signIn } from "../support/sign-in.ts";
import { FLEET_PHONES } from "./playwright.config.ts";

const t = messagesOf("en");

/** What only a large fleet shows: figures and lists agree, and actions reach thousands of phones. */
const fleet = planFleet(FLEET_PHONES);
/** Thousands of phones, fewer than lists count. */
const FREQUENT_MODEL = "420HD";
const FIGURES = [
  "all",
  "up_to_date",
  "update_due",
  "waiting_for_test",
  "in_trouble",
  "silent",
] as const;

test.beforeEach(async ({ page }) => {
  await signIn(page, t, "admin");
});

test("each figure of Home leads to the list of as many phones, as far as lists count", async ({
  page,
}) => {
  test.setTimeout(360_000);
  for (const figure of FIGURES) {
    // Phones become silent while the test runs; the worker counts again every two minutes.
    await expect(async () => {
      await page.goto("/home");
      const card = page
        .getByRole("region", { name: t("home.figures.title") })
        .getByRole("link", { name: t(`home.figures.${figure}`) });
      const phones = numbersIn(await card.innerText())[0] ?? 0;
      expect(phones, figure).toBeGreaterThan(0);
      await card.click();
      await page.waitForURL(/\/devices/);
      expect(await totalOf(page), figure).toBe(Math.min(phones, MAX_COUNTED_DEVICES));
    }).toPass();
  }
});

test("the charts of Home have a table over each range", async ({ page }) => {
  for (const [range, rows] of [
    ["day", 12],
    ["week", 7],
    ["month", 28],
  ] as const) {
    await page.goto("/home");
    const ranges = page.getByRole("navigation", { name: t("home.ranges.label") });
    await ranges.getByRole("link", { name: t(`home.ranges.${range}`) }).click();
    await page.waitForURL(new RegExp(`range=${range}`));
    await page.getByText(t("charts.asTable")).first().click();
    const table = page.getByRole("table", { name: t("home.charts.states") });
    await expect(table).toBeVisible();
    expect(await table.getByRole("row").count(), range).toBeGreaterThan(rows);
  }
});

test("the states of a roll-out add up to its target, and each leads to its phones", async ({
  page,
}) => {
  await page.goto("/roll-outs?q=CX600%20Lyon&state=under_way");
  await rows(page).getByRole("rowheader").getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("CX600");
  const rollOut = page.url();
  // A phone may change its state between two counts, which are a minute apart.
  await expect(async () => {
    await page.goto(rollOut);
    await expectStatesOfPhones(page);
  }).toPass();
});

async function expectStatesOfPhones(page: Page): Promise<void> {
  const { running, target } = await rolledOut(page);
  expect(running).toBeGreaterThan(0);
  const links = await page.locator('a[href*="rollOutState="]').all();
  const states = await Promise.all(
    links.map(async (link) => ({
      href: (await link.getAttribute("href")) ?? "",
      phones: numbersIn(await link.innerText())[0] ?? 0,
    })),
  );
  expect(states.length).toBeGreaterThan(4);
  expect(states.reduce((sum, { phones }) => sum + phones, 0)).toBe(target);
  for (const { href, phones } of states) {
    await page.goto(href);
    expect(await totalOf(page), href).toBe(phones);
  }
}

test("an approval names the phones that its roll-out then has as its target", async ({ page }) => {
  await page.goto("/updates/pending?q=CX600%20Nairobi");
  await rows(page).getByRole("rowheader").getByRole("link").first().click();
  await page.getByRole("button", { name: t("updates.actions.approve"), exact: true }).click();
  const dialog = page.getByRole("alertdialog");
  const affected = dialog.getByText(/known phones change their version/);
  const [phones = 0] = numbersIn(await affected.innerText());
  expect(phones).toBeGreaterThan(FLEET_PHONES / 100);
  await dialog.getByLabel(t("updates.review.reason")).fill("tried at three sites");
  await dialog.getByRole("button", { name: t("updates.actions.approve"), exact: true }).click();
  await expect(dialog).toBeHidden();

  await page.goto("/roll-outs?q=CX600%20Nairobi&state=under_way");
  await rows(page).getByRole("rowheader").getByRole("link").first().click();
  await page.waitForURL(/\/roll-outs\/[0-9a-f-]+$/);
  await expect.poll(async () => (await rolledOut(page)).target, { timeout: 90_000 }).toBe(phones);
});

test("thousands of phones are retired by a filter, and restored", async ({ page }) => {
  const model = FREQUENT_MODEL;
  const retiredBefore = fleet.filter(
    ({ life, kind }) => life === "retired" && kind.hardware.model === model,
  ).length;
  await page.goto(`/devices?model=${model}`);
  const phones = await totalOf(page);
  expect(phones).toBeGreaterThan(FLEET_PHONES / 50);

  await actOnAll(page, "retire", phones);
  await expect(async () => {
    await page.goto(`/devices/retired?q=${model}`);
    expect(await totalOf(page)).toBe(retiredBefore + phones);
  }).toPass();
  await page.goto(`/devices?model=${model}`);
  await expect(rows(page)).toHaveCount(0);

  await page.goto(`/devices/retired?q=${model}`);
  await actOnAll(page, "restore", retiredBefore + phones);
  await expect(async () => {
    await page.goto(`/devices?model=${model}`);
    expect(await totalOf(page)).toBe(retiredBefore + phones);
  }).toPass();
});

test("conflicts and ghosts have their own lists", async ({ page }) => {
  await page.goto("/devices/conflicts");
  const addresses = page.getByRole("region", { name: t("doubtful.conflicts.addresses.title") });
  await expect(addresses.getByRole("row").filter({ has: page.getByRole("cell") })).toHaveCount(
    fleet.filter(({ twinSerialNumber }) => twinSerialNumber !== null).length,
  );
  const pairs = page.getByRole("region", { name: /^One serial number, several rows/ });
  await expect(pairs).toHaveCount(FLEET_PHONES - new Set(fleet.map(serialNumberOf)).size);

  await page.goto("/devices/ghosts");
  expect(await totalOf(page)).toBe(fleet.filter(({ life }) => life === "ghost").length);
});

test("a saved view keeps a filter, and its export has as many lines as phones", async ({
  page,
}) => {
  await page.goto("/devices?model=CX3000&site=Lyon");
  const phones = await totalOf(page);
  expect(phones).toBeGreaterThan(FLEET_PHONES / 250);
  await page.getByRole("button", { name: t("table.views.action"), exact: true }).click();
  await page.getByRole("menuitem", { name: t("table.views.save") }).click();
  const saving = page.getByRole("dialog", { name: t("table.views.saveTitle") });
  await saving.getByLabel(t("table.views.name")).fill("Conference rooms");
  await saving.getByRole("button", { name: t("table.views.submit"), exact: true }).click();
  await expect(saving).toBeHidden();

  await page.goto("/devices?sort=model");
  await page.getByRole("button", { name: t("table.views.action"), exact: true }).click();
  await page.getByRole("menuitem", { name: /^Conference rooms/ }).click();
  await expect(page).toHaveURL(/model=CX3000/);
  await expect.poll(() => totalOf(page)).toBe(phones);

  await page.getByRole("button", { name: t("table.export.action") }).click();
  const downloading = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: t("table.export.csv") }).click();
  const csv = await readFile(await (await downloading).path(), "utf8");
  expect(csv.trimEnd().split(/\r?\n/)).toHaveLength(1 + phones);
});

test("every phone is at one site, and a site's filter lists its phones", async ({ page }) => {
  await page.goto(`/devices?model=${FREQUENT_MODEL}`);
  const all = await totalOf(page);
  expect(all).toBeGreaterThan(FLEET_PHONES / 50);
  let atSites = 0;
  for (const { siteName } of POOLS) {
    await page.goto(`/devices?model=${FREQUENT_MODEL}&site=${siteName}`);
    atSites += await totalOf(page);
  }
  expect(atSites).toBe(all);

  await page.goto("/devices");
  const filter = page.getByRole("button", { name: t("devices.list.columns.site"), exact: true });
  await filter.first().click();
  await page.getByRole("option", { name: "Osaka" }).click();
  await expect(page).toHaveURL(/[?&]site=Osaka/);
  await expect(rows(page).first()).toContainText("Osaka");
});

test("the list goes to its last page, and finds one phone among all", async ({ page }) => {
  await page.goto("/devices");
  const phones = await totalOf(page);
  await page.getByRole("button", { name: t("table.lastPage") }).click();
  await expect(page).toHaveURL(new RegExp(`[?&]page=${Math.ceil(phones / PAGE_SIZE)}`));
  await expect(rows(page)).toHaveCount(((phones - 1) % PAGE_SIZE) + 1);

  const { macAddress } = aSteadyPhone();
  await page.getByRole("textbox", { name: t("devices.list.search") }).fill(macAddress);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText(written(macAddress));
});

test("a check of one phone arrives in the open list", async ({ page }) => {
  const stream = page.waitForResponse("**/api/live");
  await page.goto("/devices?sort=lastSeenAt&order=desc");
  await expect(rows(page)).toHaveCount(PAGE_SIZE);
  await stream;
  const shown = (await rows(page).allInnerTexts()).join(" ");
  const { macAddress, serialNumber, kind, address } = aSteadyPhone(shown);

  const { status } = await askInJson(
    { macAddress, serialNumber, model: kind.hardware.model },
    { address },
  );
  expect(status).toBe(200);
  await page.getByRole("button", { name: t("table.showNew", { count: 1 }) }).click();
  await expect(rows(page).first()).toContainText(written(macAddress));
});

const PAGE_SIZE = 50;

/** The rows of the first table, without its head. */
function rows(page: Page): Locator {
  return page
    .getByRole("table")
    .first()
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader") });
}

/** How many rows a list has on all of its pages. */
async function totalOf(page: Page): Promise<number> {
  const range = await page.getByText(/^[\d,]+–[\d,]+ of [\d,]+$/).innerText();
  return numbersIn(range)[2] ?? 0;
}

async function rolledOut(page: Page): Promise<{ running: number; target: number }> {
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  // Absent until the worker has counted a new roll-out.
  const lines = page.getByText(/^[\d,]+ of [\d,]+ phones run the version$/);
  const [running = 0, target = 0] = numbersIn((await lines.allInnerTexts()).join(" "));
  return { running, target };
}

function numbersIn(text: string): readonly number[] {
  return [...text.matchAll(/\d[\d,]*/g)].map(([number]) => Number(number.replaceAll(",", "")));
}

/** Retires or restores all phones of the shown list, which are so many. */
async function actOnAll(page: Page, what: "retire" | "restore", phones: number): Promise<void> {
  await rows(page).first().getByRole("checkbox").check();
  const all = t("table.selectAllMatching", { total: phones });
  await page.getByRole("button", { name: all }).click();
  await page
    .getByRole("button", { name: t(`retirement.actions.${what}.action`), exact: true })
    .first()
    .click();
  const dialog = page.getByRole("alertdialog", {
    name: t(`retirement.actions.${what}.title`, { count: phones }),
  });
  await dialog.getByLabel(t("retirement.actions.reason")).fill("the third floor is rebuilt");
  await dialog
    .getByRole("button", { name: t(`retirement.actions.${what}.confirm`), exact: true })
    .click();
  await expect(dialog).toBeHidden();
}

/** A phone of the brand that the tests speak for, that no other test changes and that the shown rows do not have. */
function aSteadyPhone(shown = ""): PlannedPhone {
  const phone = fleet.find(
    ({ kind, life, isOutside, macAddress }) =>
      kind.hardware.model === "CX500" &&
      life === "steady" &&
      !isOutside &&
      !shown.includes(written(macAddress)),
  );
  if (phone === undefined) {
    throw new Error("the fleet has no such phone");
  }
  return phone;
}

function serialNumberOf({ serialNumber }: PlannedPhone): string {
  return serialNumber;
}

function written(macAddress: string): string {
  return macAddress.replaceAll(/(..)(?=.)/g, "$1-");
}
