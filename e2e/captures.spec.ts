import { readFile } from "node:fs/promises";
import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { expectNoViolationInAnyTheme } from "./support/accessibility.ts";
import { contentOf } from "./support/content.ts";
import { askInXml } from "./support/lync-phone.ts";
import { messagesOf } from "./support/messages.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

/** A request with undocumented names, as an unknown kind of phone might send it. */
const QUERY = `<Query><Kind>UCPhone</Kind><Maker>POLYCOM</Maker><Handset>CX9100</Handset><Rev>A</Rev><Locale>ENU</Locale><MAC>0004F2000400</MAC><Module Name="CPE.nbt" Version="1.0.0.0"/></Query>`;
const SECRET = Buffer.from("anna:hunter2").toString("base64");

test("an unknown request is captured, downloaded, replayed and answered after its dialect is entered, and the dialect is reset", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await page.goto("/captures");
  await page
    .getByRole("button", { name: t("captures.settings.start") })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: t("captures.settings.start") }).click();
  await expect(
    contentOf(page).getByText(t("captures.settings.isOn"), { exact: true }),
  ).toBeVisible();

  const before = await askInXml(QUERY);
  expect(before.status).toBe(200);
  expect(before.text).toContain("<UpdateResponse");
  await openCaptureOf(page, async () => {
    expect(await askInXml(QUERY, { authorization: `Basic ${SECRET}` })).toEqual(before);
  });
  await expect(page.getByRole("heading", { level: 1 })).toContainText("/RequestHandler/");
  const request = page.getByRole("region", { name: t("captures.request.body.xml") });
  await expect(request).toContainText("<Handset>CX9100</Handset>");
  await expect(
    page.getByRole("region", { name: t("captures.request.head"), exact: true }),
  ).toContainText("authorization: Basic [removed]");
  await expect(understood(page, t("captures.understood.model"))).toHaveText("–");

  await expectNoViolationInAnyTheme(page);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: t("captures.download") }).click(),
  ]);
  const raw = await readFile(await download.path(), "utf8");
  expect(raw).toMatch(/^POST \/RequestHandler\/ucdevice\.upx HTTP\/1\.1\r\n/);
  expect(raw.endsWith(QUERY)).toBe(true);
  expect(raw).not.toContain(SECRET);

  const captured = page.url();
  await page.getByRole("link", { name: t("captures.understood.toDialect") }).click();
  await contentOf(page).getByLabel(t("dialect.names.model"), { exact: true }).fill("Handset");
  await contentOf(page)
    .getByLabel(t("dialect.fields.noUpdateTemplate"), { exact: true })
    .fill('<Reply updates="{downloads}"/>');
  await page.getByRole("button", { name: t("dialect.save"), exact: true }).click();
  await expect(
    contentOf(page).getByText(t("dialect.states.corrected"), { exact: true }),
  ).toBeVisible();

  await expect.poll(async () => (await askInXml(QUERY)).text).toContain('<Reply updates="0"/>');
  // The panel learns of the change like phones, a moment later.
  await expect(async () => {
    await page.goto(captured);
    await expect(understood(page, t("captures.understood.model"))).toHaveText("CX9100", {
      timeout: 1_000,
    });
  }).toPass();
  await expect(
    page.getByRole("region", { name: t("captures.replay.answer"), exact: true }),
  ).toContainText('<Reply updates="0"/>');

  await page.goto("/settings/dialect");
  await page.getByRole("button", { name: t("dialect.reset.open") }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: t("dialect.reset.open") })
    .click();
  await expect(
    contentOf(page).getByText(t("dialect.states.default"), { exact: true }),
  ).toBeVisible();
  await expect.poll(async () => (await askInXml(QUERY)).text).toBe(before.text);

  await page.goto("/captures");
  await page.getByRole("button", { name: t("captures.settings.stop") }).click();
  await expect(
    contentOf(page).getByText(t("captures.settings.isOff"), { exact: true }),
  ).toBeVisible();
});

test("an invalid dialect is refused in the form and never reaches phones", async ({ page }) => {
  await signIn(page, t, "admin");
  await page.goto("/settings/dialect");
  await contentOf(page)
    .getByLabel(t("dialect.fields.updateTemplate"), { exact: true })
    .fill("<Broken>{what}");
  await expect(page.getByRole("button", { name: t("dialect.save"), exact: true })).toBeDisabled();
  await expect(contentOf(page).getByText(t("dialect.preview.invalid"))).toBeVisible();
  expect((await askInXml(QUERY)).text).toContain("<UpdateResponse");
});

/**
 * Sends a request until it is captured: the process that answers phones learns of the setting a moment later, and captures
 * are written in batches.
 */
async function openCaptureOf(page: Page, send: () => Promise<void>): Promise<void> {
  const link = page
    .getByRole("row")
    .filter({ hasText: "/RequestHandler/ucdevice.upx" })
    .getByRole("link")
    .first();
  await expect(async () => {
    await send();
    await page.goto("/captures?q=0004F2000400");
    await expect(link).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await link.click();
  await page.waitForURL("**/captures/*-*");
}

function understood(page: Page, term: string) {
  return page
    .getByRole("region", { name: t("captures.understood.title") })
    .getByRole("term")
    .filter({ hasText: new RegExp(`^${term}$`) })
    .locator("xpath=following-sibling::dd[1]");
}
