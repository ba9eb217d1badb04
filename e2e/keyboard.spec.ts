import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { aPackage } from "./support/cabinet.ts";
import { importWithCommand, ucupdates } from "./support/command.ts";
import { contentOf } from "./support/content.ts";
import { expectToTakeKeys, tabTo } from "./support/keyboard.ts";
import { messagesOf } from "./support/messages.ts";
import { holdScripts } from "./support/held-scripts.ts";
import { connectPhone, expectOffer } from "./support/phone.ts";
import { PASSWORDS } from "./support/server.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");
const OLD = "4.0.7577.4310";
const NEW = "4.0.7577.4320";
const PHONE = { macAddress: "0004F20000BB", model: "CX600", version: "4.0.7577.4100" };

test("a package is imported, tried, approved, followed and rolled back with the keyboard alone", async ({
  page,
}) => {
  // What was approved before, so that there is a way back.
  await importWithCommand(aPackage(OLD));
  await ucupdates(["approve-device-update-rule", "--model", PHONE.model, "--force"]);

  await page.goto("/sign-in");
  await tabTo(page, page.getByLabel(t("signIn.name"), { exact: true }));
  await page.keyboard.type("admin");
  await tabTo(page, page.getByLabel(t("signIn.password"), { exact: true }));
  await page.keyboard.type(PASSWORDS.admin);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/home");

  await goWithPalette(page, t("shell.nav.pending"), "/updates/pending");
  await press(page, t("imports.dialog.open"));
  await importPackage(page);

  await go(page, "t", "/test-devices");
  await press(page, t("testDevices.actions.new"));
  await addTestPhone(page);
  await expectOffer(PHONE, NEW);
  expect((await connectPhone(PHONE)).runs).toBe(NEW);

  await goWithPalette(page, t("shell.nav.pending"), "/updates/pending");
  const row = page
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: PHONE.model }) });
  await tabTo(page, row.getByRole("checkbox"));
  await page.keyboard.press("Space");
  await review(page, t("updates.actions.approve"));
  await expect(page.getByText(t("updates.review.done.approve", { count: 1 }))).toBeVisible();

  await go(page, "r", "/roll-outs");
  await expect(page.getByRole("rowheader").first()).toContainText(PHONE.model);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(NEW);
  await expect(page.locator("#content")).toBeFocused();
  await review(page, t("updates.actions.restore"));
  await expect(page.getByText(t("updates.review.done.restore", { count: 1 }))).toBeVisible();
  await expectOffer(PHONE, OLD);
  expect((await connectPhone(PHONE)).runs).toBe(OLD);
});

test("the palette finds a phone by its address, says what it found, shows an outage as one, and changes how times are shown", async ({
  page,
  context,
}) => {
  await signIn(page, t, "viewer");
  await openPalette(page);
  const search = page.getByRole("combobox", { name: t("shell.commands.title") });
  await search.fill("f2:00:00:01");
  const phone = page.getByRole("option", { name: "CX600 00-04-F2-00-00-01" });
  await expect(phone).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "result" })).toBeVisible();

  await context.setOffline(true);
  await search.fill("f2:00:00");
  await expect(page.getByRole("alert")).toContainText(t("errors.codes.unavailable"));
  await context.setOffline(false);
  await page.keyboard.press("Enter");
  await expect(phone).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/devices\/[0-9a-f-]{36}$/);

  const time = page.getByRole("main").locator("time").first();
  await expect(time).toHaveText(/ago|now/);
  await openPalette(page);
  await search.fill(t("shell.timeStyles.exact"));
  await page.keyboard.press("Enter");
  await expect(time).toHaveText(/20\d\d/);
});

test("a dialog begins in its first field, or at Cancel of a question, and returns the focus to what opened it", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await page.goto("/sites");
  const newSite = page.getByRole("button", { name: t("sites.actions.new") });
  await newSite.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(t("sites.fields.name"))).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(newSite).toBeFocused();
  await openPalette(page);
  await page.keyboard.press("Escape");
  await expect(newSite).toBeFocused();

  const question = page.getByRole("alertdialog");
  // The question waits for an answer of the server, and the button stays busy until then.
  await page.goto("/devices/retired");
  const count = page.getByRole("button", { name: t("retirement.byAge.preview") });
  await count.focus();
  await page.keyboard.press("Enter");
  await expect(question.getByRole("button", { name: t("common.cancel") })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(count).toBeFocused();

  await page.goto("/updates/all");
  const menu = page.getByRole("row").last().getByRole("button");
  await menu.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.getByRole("menuitem", { name: t("updates.actions.remove") }).focus();
  await page.keyboard.press("Enter");
  await expect(question.getByRole("button", { name: t("common.cancel") })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(menu).toBeFocused();
});

test("shortcuts are listed, do not fire while typing, and can be turned off", async ({ page }) => {
  await signIn(page, t, "viewer");
  await page.goto("/devices");
  const help = page.getByRole("dialog", { name: t("shell.shortcuts.title") });
  const box = page.getByRole("textbox", { name: t("devices.list.search") });
  await expectToTakeKeys(box);
  await page.keyboard.press("/");
  await expect(box).toBeFocused();
  await page.keyboard.type("?gh");
  await expect(box).toHaveValue("?gh");
  await expect(help).toBeHidden();

  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await box.blur();
  await page.keyboard.press("?");
  await tabTo(page, help.getByRole("checkbox", { name: t("shell.shortcuts.areOn") }));
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.keyboard.press("?");
  await page.keyboard.press("/");
  await expect(box).not.toBeFocused();
  await expect(help).toBeHidden();
});

test("keys are taken and the page stays while the part that they call for is loading", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await page.goto("/devices");
  const box = page.getByRole("textbox", { name: t("devices.list.search") });
  await expectToTakeKeys(box);
  let letGo = await holdScripts(page);
  await box.focus();
  // The first key calls for the container of toasts.
  await page.keyboard.type("f2");
  await expect(box).toHaveValue("f2");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("3");
  await expect(box).toHaveValue("f3");
  letGo();

  await page.goto("/updates/pending");
  const button = page.getByRole("button", { name: t("imports.dialog.open"), exact: true }).first();
  await expectToTakeKeys(button);
  letGo = await holdScripts(page);
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: t("common.loading") })).toBeHidden();
  await expect(button).toBeFocused();
  letGo();
  await expect(page.getByRole("dialog", { name: t("imports.dialog.title") })).toBeVisible();
});

async function openPalette(page: Page): Promise<void> {
  await expectToTakeKeys(page.getByRole("heading", { level: 1 }));
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: t("shell.commands.title") })).toBeFocused();
}

async function goWithPalette(page: Page, name: string, path: string): Promise<void> {
  await openPalette(page);
  await page.keyboard.type(name);
  await expect(page.getByRole("option", { name, selected: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**${path}`);
  // What had the focus is gone with its page, so the content has it. It comes late, and a Tab before that would be lost.
  await expect(page.locator("#content")).toBeFocused();
}

/** With the shortcut of a page. */
async function go(page: Page, letter: string, path: string): Promise<void> {
  await page.keyboard.press("g");
  await page.keyboard.press(letter);
  await page.waitForURL(`**${path}`);
}

/** Tabs to a button and presses it. */
async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, page.getByRole("button", { name, exact: true }).first());
  await page.keyboard.press("Enter");
}

async function importPackage(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  // Asked for well before the key: the browser cancels a choice that no program waits for yet.
  const choosing = page.waitForEvent("filechooser");
  await tabTo(page, dialog.locator("input[type=file]"));
  await page.keyboard.press("Space");
  await (
    await choosing
  ).setFiles({
    name: `UCUpdates-${NEW}.cab`,
    mimeType: "application/vnd.ms-cab-compressed",
    buffer: aPackage(NEW),
  });
  await tabTo(page, dialog.getByRole("button", { name: t("imports.dialog.start"), exact: true }));
  await page.keyboard.press("Enter");
  await page.waitForURL("**/updates/imports/*");
  await expect(
    contentOf(page).getByText(t("imports.states.succeeded"), { exact: true }),
  ).toBeVisible();
}

async function addTestPhone(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  await tabTo(page, dialog.getByLabel(t("testDevices.fields.name"), { exact: true }));
  await page.keyboard.type("Keyboard");
  await tabTo(page, dialog.getByLabel(t("testDevices.fields.identifier"), { exact: true }));
  await page.keyboard.type(PHONE.macAddress);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("row").filter({ hasText: "Keyboard" })).toBeVisible();
}

/** Presses a review button, and confirms in the dialog, with a reason if it asks for one. */
async function review(page: Page, action: string): Promise<void> {
  await press(page, action);
  const dialog = page.getByRole("alertdialog").or(page.getByRole("dialog"));
  await tabTo(page, dialog.getByLabel(t("updates.review.reason")));
  await page.keyboard.type("keyboard");
  await tabTo(page, dialog.getByRole("button", { name: action, exact: true }));
  await page.keyboard.press("Enter");
}
