import { expect, test } from "playwright/test";
import type { Locator, Page } from "playwright/test";
import { expectNoViolationInAnyTheme } from "./support/accessibility.ts";
import { aPackage } from "./support/cabinet.ts";
import { expectPhones, importWithCommand, ucupdates } from "./support/command.ts";
import { contentOf } from "./support/content.ts";
import { askInJson } from "./support/json-phone.ts";
import { messagesOf } from "./support/messages.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

/** A model without other phones. */
const MODEL = "CX6E1";
const PAGE_SIZE = 50;
const PHONES = Array.from({ length: PAGE_SIZE }, (_, index) => phone(index));
const LATE_PHONE = phone(PAGE_SIZE);
/** The request of a live refresh of a searched list. */
const REFRESH = /\/devices\?q=.*_rsc=/;
const NOTICE = "A notice of a test";

test("a list offers what arrived and moves no row until the reader asks", async ({ page }) => {
  await signIn(page, t, "admin");
  await page.goto("/updates/imports");
  const rows = page.getByRole("row").filter({ has: page.getByRole("rowheader") });
  const links = rows.getByRole("rowheader").getByRole("link");
  await expect(links.first()).toBeVisible();
  const before = await links.evaluateAll((found) => found.map((link) => link.getAttribute("href")));

  await importWithCommand(aPackage("4.0.7577.4330"));
  const offer = page.getByRole("button", { name: t("table.showNew", { count: 1 }) });
  await expect(offer).toBeVisible({ timeout: 30_000 });
  expect(
    await links.evaluateAll((found) => found.map((link) => link.getAttribute("href"))),
  ).toEqual(before);
  await offer.click();
  await expect(rows).toHaveCount(before.length + 1);
  await expect(offer).toBeHidden();
});

test("a list offers what arrived before its connection was open", async ({ page }) => {
  await signIn(page, t, "admin");
  const connecting = Promise.withResolvers<undefined>();
  await page.route("**/api/live", async (route) => {
    await connecting.promise;
    await route.continue();
  });
  await page.goto("/updates/imports");
  await expect(page.getByRole("rowheader").first()).toBeVisible();

  await importWithCommand(aPackage("4.0.7577.4340"));
  connecting.resolve(undefined);
  const offer = page.getByRole("button", { name: t("table.showNew", { count: 1 }) });
  await expect(offer).toBeVisible({ timeout: 30_000 });
});

test("the lists of phones and checks offer a new one, and keep the row that it pushes on as it was", async ({
  page,
  context,
}) => {
  await Promise.all(PHONES.map((phone) => askInJson(phone)));
  await signIn(page, t, "viewer");
  const lists = [
    { page, path: `/devices?q=${MODEL}` },
    { page: await context.newPage(), path: `/checks?model=${MODEL}` },
  ];
  for (const list of lists) {
    await openFull(list);
  }
  const before = await Promise.all(lists.map((list) => phonesOf(rows(list.page))));
  expect(before.map((phones) => new Set(phones).size)).toEqual([PAGE_SIZE, PAGE_SIZE]);

  expect((await askInJson(LATE_PHONE)).status).toBe(200);
  for (const [index, list] of lists.entries()) {
    const offer = list.page.getByRole("button", { name: t("table.showNew", { count: 1 }) });
    await expect(offer).toBeVisible({ timeout: 40_000 });
    await expect(contentOf(list.page).getByText(total(PAGE_SIZE + 1))).toBeVisible();
    expect(await phonesOf(rows(list.page))).toEqual(before[index]);
    await expect(contentOf(list.page).getByTitle(t("table.rowLeft"))).toHaveCount(0);
    expect(await opacitiesOf(rows(list.page))).toEqual(["1"]);

    await offer.click();
    await expect(rows(list.page).first()).toContainText(written(LATE_PHONE.macAddress));
    await expect(rows(list.page)).toHaveCount(PAGE_SIZE);
    await expect(offer).toBeHidden();
  }
});

test("a row that is gone is readable in both themes until the reader asks for the changes", async ({
  page,
}) => {
  const name = "global/Live list";
  await askInJson(LATE_PHONE);
  await ucupdates([
    "new-test-device",
    ...[name, "--identifier", LATE_PHONE.macAddress, "--identifier-type", "MACAddress"],
  ]);
  await signIn(page, t, "admin");
  await page.goto("/test-devices");
  const row = rows(page).filter({ hasText: written(LATE_PHONE.macAddress) });
  await expect(row).toBeVisible();

  await ucupdates(["remove-test-device", name]);
  await expect(row).toHaveAttribute("title", t("table.rowLeft"), { timeout: 30_000 });
  await expect(row).toHaveCSS("font-style", "italic");
  await expectNoViolationInAnyTheme(page);

  await page.getByRole("button", { name: t("table.showChanges") }).click();
  await expect(row).toHaveCount(0);
});

test("what appears above a list with a live refresh moves no row, on a long and on a short page", async ({
  page,
}) => {
  await Promise.all(PHONES.map((phone) => askInJson(phone)));
  await signIn(page, t, "viewer");
  // Stands for the notices of the page, each of which needs a thousand phones or an hour.
  let isAwaited = false;
  await page.route(REFRESH, async (route) => {
    if (isAwaited) {
      isAwaited = false;
      await addNotice(page);
    }
    await route.continue();
  });
  for (const [text, count] of [
    [MODEL, PAGE_SIZE],
    [PHONES[0]?.macAddress, 1],
  ] as const) {
    await expect(async () => {
      const stream = page.waitForResponse("**/api/live");
      await page.goto(`/devices?q=${text}`);
      await expect(rows(page)).toHaveCount(count, { timeout: 2_000 });
      await stream;
    }).toPass();
    const before = await topOf(rows(page).first());

    isAwaited = true;
    await askInJson(LATE_PHONE);
    await expect(page.getByText(NOTICE)).toBeVisible({ timeout: 40_000 });
    await expect.poll(() => topOf(rows(page).first())).toBe(before);
    await expect(page.getByText(NOTICE)).toBeInViewport();
  }
});

test("a hidden page asks for nothing, and is loaded again when it is shown", async ({ page }) => {
  await askInJson(LATE_PHONE);
  await expectPhones([written(LATE_PHONE.macAddress)], 1);
  await signIn(page, t, "viewer");
  await page.clock.install();
  await page.addInitScript(() => {
    let hidden = true;
    Object.defineProperty(document, "hidden", { get: () => hidden });
    window.addEventListener("test:show", () => {
      hidden = false;
      document.dispatchEvent(new Event("visibilitychange"));
    });
  });
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/api/live") || REFRESH.test(request.url())) {
      asked.push(request.url());
    }
  });
  await page.goto(`/devices?q=${LATE_PHONE.macAddress}`);
  await expect(rows(page)).toHaveCount(1);
  // A menu opens when the page reacts; a refresh waits while it is open.
  await page.getByRole("button", { name: t("table.columns"), exact: true }).click();
  await expect(page.getByRole("menu")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();

  // The change that the page heard of just before it was hidden, and one that it hears of when it is shown.
  await page.evaluate(() =>
    window.dispatchEvent(new CustomEvent("ucupdates:live", { detail: "checks" })),
  );
  await importWithCommand(aPackage("4.0.7577.4350"));
  await page.clock.fastForward(60_000);
  // A request that the page sends before this one is known after its answer.
  await page.evaluate(async () => (await fetch("/api/health")).text());
  expect(asked).toEqual([]);

  const refresh = page.waitForRequest(REFRESH, { timeout: 30_000 });
  await page.evaluate(() => window.dispatchEvent(new Event("test:show")));
  await refresh;
});

test("the notice of a lost connection moves no row", async ({ page }) => {
  await askInJson(LATE_PHONE);
  await expectPhones([written(LATE_PHONE.macAddress)], 1);
  await signIn(page, t, "viewer");
  await page.route("**/api/live", (route) => route.abort());
  await page.goto(`/devices?q=${LATE_PHONE.macAddress}`);
  await expect(rows(page)).toHaveCount(1);
  const before = await topOf(rows(page).first());

  await expect(page.getByText(t("shell.live.lost"))).toBeInViewport({ timeout: 20_000 });
  expect(await topOf(rows(page).first())).toBe(before);
});

function phone(index: number) {
  const ending = index.toString(16).toUpperCase().padStart(2, "0");
  return { macAddress: `0004F2E100${ending}`, model: MODEL };
}

/** Opens a list when it has a full page of rows, and waits until the server tells the page of changes. */
async function openFull({ page, path }: { readonly page: Page; readonly path: string }) {
  await expect(async () => {
    const stream = page.waitForResponse("**/api/live");
    await page.goto(path);
    await expect(contentOf(page).getByText(total(PAGE_SIZE))).toBeVisible({ timeout: 1_000 });
    await stream;
  }).toPass();
}

function total(rows: number): string {
  return t("table.range", { from: 1, to: PAGE_SIZE, total: rows });
}

/** The rows of the list, without its head. */
function rows(page: Page): Locator {
  return page.getByRole("row").filter({ has: page.getByRole("rowheader") });
}

/** Puts a notice between the head of the page and its list. */
async function addNotice(page: Page): Promise<void> {
  await page.evaluate((text) => {
    const notice = document.createElement("p");
    notice.textContent = text;
    document.querySelector("[role=search]")?.parentElement?.before(notice);
  }, NOTICE);
}

/** The distance of a row to the top of the window. */
function topOf(row: Locator): Promise<number> {
  return row.evaluate((element) => element.getBoundingClientRect().top);
}

/** The MAC address in each row. */
function phonesOf(rows: Locator): Promise<readonly string[]> {
  return rows.evaluateAll((found) =>
    found.map((row) => /(?:[0-9A-F]{2}-){5}[0-9A-F]{2}/.exec(row.textContent)?.[0] ?? ""),
  );
}

function opacitiesOf(rows: Locator): Promise<readonly string[]> {
  return rows.evaluateAll((found) => [
    ...new Set(found.map((row) => getComputedStyle(row).opacity)),
  ]);
}

/** A MAC address as lists show it. */
function written(macAddress: string): string {
  return macAddress.replaceAll(/(..)(?!$)/g, "$1-");
}
