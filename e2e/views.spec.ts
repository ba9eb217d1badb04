import { expect, test } from "playwright/test";
import type { Locator, Page } from "playwright/test";
import { expectPhones } from "./support/command.ts";
import { askInJson } from "./support/json-phone.ts";
import { messagesOf } from "./support/messages.ts";
import { BASE_URL } from "./support/server.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

/** A model without other phones. */
const MODEL = "CX818";
const PHONES = [
  { macAddress: "0004F2000821", model: MODEL, serialNumber: "V8-1" },
  { macAddress: "0004F2000822", model: MODEL, serialNumber: "V8-2" },
] as const;
const SERIAL_NUMBER = t("devices.list.columns.serialNumber");
const USER = t("devices.list.columns.user");

test.beforeAll(async () => {
  await Promise.all(PHONES.map((phone) => askInJson(phone)));
  await expectPhones(["--model", MODEL], PHONES.length);
});

test("a view with a filter and its columns is saved, opened, shared, renamed and removed", async ({
  page,
  browser,
}, { repeatEachIndex }) => {
  const mine = `Mine ${repeatEachIndex}`;
  const ours = `Ours ${repeatEachIndex}`;
  const renamed = `Everyone's ${repeatEachIndex}`;
  await signIn(page, t, "admin");
  await page.goto("/devices");
  await filterByModel(page);
  await toggleColumns(page, SERIAL_NUMBER, USER);
  await expectView(page);
  await expectColumnsWithoutScripts(page);
  await saveView(page, mine);
  await saveView(page, ours);

  // The columns are back as they were, so that only the view can show the others.
  await toggleColumns(page, SERIAL_NUMBER, USER);
  await page.goto("/home");
  // The link also says how many phones need attention.
  const navigation = page.getByRole("navigation", { name: t("shell.navigation") });
  await navigation.getByRole("link", { name: t("shell.nav.devices") }).click();
  await expect(page).toHaveURL(/\/devices$/);
  await expect(header(page, USER)).toBeVisible();
  await expect(header(page, SERIAL_NUMBER)).toBeHidden();
  await chooseView(page, ours);
  await expectView(page);

  const other = await browser.newContext({ baseURL: BASE_URL, locale: "en-GB" });
  const viewer = await other.newPage();
  await signIn(viewer, t, "viewer");
  await expectViews(viewer, { absent: [mine, ours] });

  await changeView(page, ours, { isShared: true });
  await expectViews(viewer, { shown: ours, absent: [mine] });
  await chooseView(viewer, ours);
  await expectView(viewer);
  await openMenu(viewer, t("table.views.action"));
  await viewer.getByRole("menuitem", { name: t("table.views.manage") }).click();
  const managing = viewer.getByRole("dialog", { name: t("table.views.manageTitle") });
  await expect(managing.getByRole("listitem").filter({ hasText: ours })).toBeVisible();
  await expect(
    managing.getByRole("button", { name: t("table.views.change", { name: ours }) }),
  ).toBeHidden();
  await expect(
    managing.getByRole("button", { name: t("table.views.remove", { name: ours }) }),
  ).toBeHidden();
  await expect(
    managing.getByRole("button", { name: t("table.views.makeDefault") }).first(),
  ).toBeVisible();

  await changeView(page, ours, { name: renamed });
  await expectViews(viewer, { shown: renamed, absent: [ours, mine] });

  await removeViews(page, [renamed, mine]);
  await expectViews(viewer, { absent: [renamed, ours, mine] });
  await expectViews(page, { absent: [renamed, ours, mine] });
  await other.close();
});

test("a list opens with the default view of the reader, and with its address if that has a filter", async ({
  page,
}, { repeatEachIndex }) => {
  const name = `First ${repeatEachIndex}`;
  await signIn(page, t, "operator");
  await page.goto("/devices");
  await filterByModel(page);
  await toggleColumns(page, SERIAL_NUMBER, USER);
  await saveView(page, name);
  await manageViews(page, async (managing) => {
    await entry(managing, name)
      .getByRole("button", { name: t("table.views.makeDefault") })
      .click();
    await expect(
      entry(managing, name).getByRole("button", { name: t("table.views.isDefault") }),
    ).toHaveAttribute("aria-pressed", "true");
  });
  await toggleColumns(page, SERIAL_NUMBER, USER);

  await page.goto("/home");
  await page.goto("/devices");
  await expectView(page);
  await page.goBack();
  await expect(page).toHaveURL(/\/home$/);
  await page.goto("/devices?q=0004F2000001");
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("CX600");

  await removeViews(page, [name]);
});

/** The rows of the table, without its head. */
function rows(page: Page): Locator {
  return page.getByRole("row").filter({ has: page.getByRole("rowheader") });
}

function header(page: Page, name: string): Locator {
  return page.getByRole("columnheader", { name });
}

function entry(managing: Locator, view: string): Locator {
  return managing.getByRole("listitem").filter({ hasText: view });
}

/** The list shows what the views of this file keep. */
async function expectView(page: Page): Promise<void> {
  await expect(page).toHaveURL(new RegExp(`[?&]model=${MODEL}(&|$)`));
  await expect(rows(page)).toHaveCount(PHONES.length);
  await expect(header(page, SERIAL_NUMBER)).toBeVisible();
  await expect(header(page, USER)).toBeHidden();
  await expect(page.getByRole("cell", { name: PHONES[0].serialNumber })).toBeVisible();
}

async function filterByModel(page: Page): Promise<void> {
  // The first of two: the header of the column, which sorts, has the same name.
  await page
    .getByRole("button", { name: t("devices.list.columns.model"), exact: true })
    .first()
    .click();
  await page.getByRole("option", { name: MODEL, exact: true }).click();
  await expect(rows(page)).toHaveCount(PHONES.length);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("listbox")).toBeHidden();
}

async function openMenu(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  // Before it has the focus, it does not hear Escape.
  await expect(page.getByRole("menu")).toBeFocused();
}

async function closeMenu(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await expect(page.getByRole("menu")).toBeHidden();
}

async function toggleColumns(page: Page, ...columns: readonly string[]): Promise<void> {
  await openMenu(page, t("table.columns"));
  for (const column of columns) {
    await page.getByRole("menuitemcheckbox", { name: column, exact: true }).click();
  }
  await closeMenu(page);
}

/** The server already renders the chosen columns, so that none appears or goes when the page reacts. */
async function expectColumnsWithoutScripts(page: Page): Promise<void> {
  const still = await page.context().newPage();
  await still.route("**/*.js", (route) => route.abort());
  await still.goto("/devices");
  await expect(header(still, SERIAL_NUMBER)).toBeVisible();
  await expect(header(still, USER)).toHaveCount(0);
  await still.close();
}

async function saveView(page: Page, name: string): Promise<void> {
  await openMenu(page, t("table.views.action"));
  await page.getByRole("menuitem", { name: t("table.views.save") }).click();
  const saving = page.getByRole("dialog", { name: t("table.views.saveTitle") });
  await saving.getByLabel(t("table.views.name")).fill(name);
  await saving.getByRole("button", { name: t("table.views.submit"), exact: true }).click();
  await expect(saving).toBeHidden();
}

async function chooseView(page: Page, name: string): Promise<void> {
  await openMenu(page, t("table.views.action"));
  await page.getByRole("menuitem", { name: new RegExp(`^${name}`) }).click();
}

/** Opens the list and its menu of views. */
async function expectViews(
  page: Page,
  { shown, absent }: { readonly shown?: string; readonly absent: readonly string[] },
): Promise<void> {
  await page.goto("/devices?sort=model");
  const answered = page.waitForResponse((response) => response.url().includes("/api/views"));
  await openMenu(page, t("table.views.action"));
  await answered;
  if (shown !== undefined) {
    const item = page.getByRole("menuitem", { name: new RegExp(`^${shown}`) });
    await expect(item).toContainText(t("table.views.sharedBy", { name: "admin" }));
  }
  for (const name of absent) {
    await expect(page.getByRole("menuitem", { name: new RegExp(`^${name}`) })).toBeHidden();
  }
  await closeMenu(page);
}

async function manageViews(page: Page, work: (managing: Locator) => Promise<void>): Promise<void> {
  await openMenu(page, t("table.views.action"));
  await page.getByRole("menuitem", { name: t("table.views.manage") }).click();
  const managing = page.getByRole("dialog", { name: t("table.views.manageTitle") });
  await expect(managing).toBeVisible();
  await work(managing);
  await page.keyboard.press("Escape");
  await expect(managing).toBeHidden();
}

async function changeView(
  page: Page,
  view: string,
  { name, isShared }: { readonly name?: string; readonly isShared?: boolean },
): Promise<void> {
  await manageViews(page, async (managing) => {
    await managing.getByRole("button", { name: t("table.views.change", { name: view }) }).click();
    const changing = page.getByRole("dialog", { name: t("table.views.changeTitle") });
    if (name !== undefined) {
      await changing.getByLabel(t("table.views.name")).fill(name);
    }
    if (isShared === true) {
      await changing.getByLabel(t("table.views.share")).check();
    }
    await changing.getByRole("button", { name: t("table.views.submit"), exact: true }).click();
    await expect(entry(managing, name ?? view)).toContainText(
      t("table.views.sharedBy", { name: "admin" }),
    );
  });
}

async function removeViews(page: Page, names: readonly string[]): Promise<void> {
  await manageViews(page, async (managing) => {
    for (const name of names) {
      await managing.getByRole("button", { name: t("table.views.remove", { name }) }).click();
      await expect(entry(managing, name)).toBeHidden();
    }
  });
}
