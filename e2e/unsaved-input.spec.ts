import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { anUndescribedPackage } from "./support/cabinet.ts";
import { contentOf } from "./support/content.ts";
import { messagesOf } from "./support/messages.ts";
import { openPage } from "./support/open-page.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

test("a dialog with input asks before Escape, a click outside, Back or the palette discards it, and one without input closes", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await openPage(page, "/home");
  await goToPools(page);
  await expect(page).toHaveURL(/\/pools$/);
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: t("pools.actions.new") }).click();
  const name = dialog.getByLabel(t("pools.fields.fqdn"));
  await expect(name).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();

  await page.getByRole("button", { name: t("pools.actions.new") }).click();
  await name.fill("pool07.contoso.com");
  for (const leave of [
    () => page.keyboard.press("Escape"),
    () => page.mouse.click(5, 5),
    () =>
      page.evaluate(() => {
        history.back();
      }),
    () => goHomeWithPalette(page),
  ]) {
    await leave();
    await answer(page, "stay");
    await expect(name).toHaveValue("pool07.contoso.com");
  }
  await page.keyboard.press("Escape");
  await answer(page, "discard");
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(/\/pools$/);
});

test("the details of an import are kept until a person agrees to leave them", async ({ page }) => {
  await signIn(page, t, "admin");
  await page.goto("/updates/imports");
  await page.getByRole("button", { name: t("imports.dialog.open"), exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.locator("input[type=file]").setInputFiles({
    name: "Unsaved.cab",
    mimeType: "application/vnd.ms-cab-compressed",
    buffer: anUndescribedPackage(["Unsaved.bin"]),
  });
  await dialog.getByRole("button", { name: t("imports.dialog.start"), exact: true }).click();
  await page.waitForURL("**/updates/imports/*");

  const brand = contentOf(page).getByLabel(t("imports.fields.brand"), { exact: true });
  await brand.fill("VENDOR");
  await goToPools(page);
  await answer(page, "stay");
  await expect(brand).toHaveValue("VENDOR");
  // With the shortcut of a page.
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.type("go");
  await answer(page, "discard");
  await expect(page).toHaveURL(/\/pools$/);
});

test("choices are kept until they are saved or a person agrees to leave them", async ({ page }) => {
  await signIn(page, t, "admin");
  await openPage(page, "/account/notifications");
  const locale = contentOf(page).getByLabel(t("notifications.own.locale"));
  await locale.selectOption("ja");
  await goToPools(page);
  await answer(page, "stay");
  await expect(locale).toHaveValue("ja");
  await page.getByRole("button", { name: t("notifications.own.save") }).click();
  await expect(page.getByText(t("notifications.own.saved"))).toBeVisible();
  await goToPools(page);
  await expect(page).toHaveURL(/\/pools$/);
});

async function goHomeWithPalette(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: t("shell.commands.title") });
  await palette.getByRole("option", { name: t("shell.nav.home"), exact: true }).click();
  await expect(palette).toBeHidden();
}

async function goToPools(page: Page): Promise<void> {
  await page
    .getByRole("navigation", { name: t("shell.navigation") })
    .getByRole("link", { name: t("shell.nav.pools"), exact: true })
    .click();
}

async function answer(page: Page, choice: "stay" | "discard"): Promise<void> {
  const question = page.getByRole("alertdialog", { name: t("common.unsaved.title") });
  await question.getByRole("button", { name: t(`common.unsaved.${choice}`) }).click();
  await expect(question).toBeHidden();
}
