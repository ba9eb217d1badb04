import { expect, test } from "playwright/test";
import { contentOf } from "./support/content.ts";
import { holdScripts } from "./support/held-scripts.ts";
import { messagesOf } from "./support/messages.ts";
import { PASSWORDS } from "./support/server.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

test("a name and a password that are entered and sent before the page's scripts are loaded sign in", async ({
  page,
}) => {
  const letGo = await holdScripts(page);
  await page.goto("/sign-in", { waitUntil: "commit" });
  await page.getByLabel(t("signIn.name"), { exact: true }).pressSequentially("viewer");
  await page.getByLabel(t("signIn.password"), { exact: true }).fill(PASSWORDS.viewer);
  await page.keyboard.press("Enter");
  letGo();
  await page.waitForURL("**/home");
});

test("a form that is filled in and sent before the page's scripts are loaded is answered", async ({
  page,
}) => {
  await signIn(page, t, "viewer");
  const letGo = await holdScripts(page);
  await page.goto("/settings", { waitUntil: "commit" });
  const current = contentOf(page).getByLabel(t("settings.password.current"));
  await current.fill("not the password");
  await contentOf(page).getByLabel(t("settings.password.new")).fill("a password of more letters");
  const endsTokens = page.getByRole("checkbox", { name: t("settings.password.endTokens") });
  await endsTokens.check();
  await page.getByRole("button", { name: t("settings.password.change") }).click();
  letGo();
  await expect(contentOf(page).getByText(t("settings.password.currentError"))).toBeVisible();
  await expect(current).toHaveValue("not the password");
  await expect(endsTokens).toBeChecked();
  expect(page.url()).toMatch(/\/settings$/);
});

test("what is chosen and sent before the page's scripts are loaded is saved", async ({ page }) => {
  await signIn(page, t, "operator");
  const letGo = await holdScripts(page);
  await page.goto("/account/notifications", { waitUntil: "commit" });
  const approvals = contentOf(page).getByLabel(t("notices.kinds.approval"));
  const restores = contentOf(page).getByLabel(t("notices.kinds.restore"));
  await approvals.selectOption("hourly");
  await restores.selectOption("daily");
  await page.getByRole("button", { name: t("notifications.own.save") }).click();
  letGo();
  await expect(page.getByText(t("notifications.own.saved"))).toBeVisible();
  await page.reload();
  await expect(approvals).toHaveValue("hourly");
  await expect(restores).toHaveValue("daily");
});

test("a row that is ticked before the page's scripts are loaded is selected", async ({ page }) => {
  await signIn(page, t, "admin");
  const letGo = await holdScripts(page);
  await page.goto("/updates/all", { waitUntil: "commit" });
  await page.getByRole("row").last().getByRole("checkbox").check();
  letGo();
  const actions = page.getByRole("region", { name: t("table.selection") });
  await expect(actions).toContainText(t("table.selectedCount", { count: 1 }));
});

test("what is typed before the page's scripts are loaded is searched for", async ({ page }) => {
  await signIn(page, t, "viewer");
  const letGo = await holdScripts(page);
  await page.goto("/devices", { waitUntil: "commit" });
  const box = page.getByRole("textbox", { name: t("devices.list.search") });
  await box.pressSequentially("f2:00:00:01");
  letGo();
  await expect(page).toHaveURL(/q=f2/);
  await expect(box).toHaveValue("f2:00:00:01");
  const rows = page.getByRole("row").filter({ has: page.getByRole("rowheader") });
  await expect(rows).toContainText(["00-04-F2-00-00-01"]);
});

test("the last button pressed before the page's scripts are loaded is pressed once", async ({
  page,
}) => {
  await signIn(page, t, "viewer");
  const letGo = await holdScripts(page);
  await page.goto("/devices", { waitUntil: "commit" });
  const nav = page.getByRole("navigation", { name: t("shell.navigation") });
  await nav.getByRole("button", { name: t("shell.groups.service") }).click();
  await page.getByRole("button", { name: "viewer" }).click();
  letGo();
  await expect(page.getByRole("menu", { name: "viewer" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(nav.getByRole("link", { name: t("shell.nav.checks"), exact: true })).toBeVisible();

  const letGoAgain = await holdScripts(page);
  await page.goto("/devices", { waitUntil: "commit" });
  await page.getByRole("button", { name: t("shell.collapseNavigation") }).click();
  letGoAgain();
  await expect(page.getByRole("button", { name: t("shell.expandNavigation") })).toBeVisible();
  await page.getByRole("button", { name: t("shell.expandNavigation") }).click();
  await expect(page.getByRole("button", { name: t("shell.collapseNavigation") })).toBeVisible();
});
