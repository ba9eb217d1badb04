import { expect, test } from "@playwright/test";
import type { Page } from "@playwright/test";
import type { Locale } from "#lib/i18n/locales";
import { aPackage } from "./support/cabinet.ts";
import { messagesOf } from "./support/messages.ts";
import type { Translate } from "./support/messages.ts";
import { livePhone } from "./support/phone.ts";
import { signIn } from "./support/sign-in.ts";

// Each language brings versions and phones of its own, because both run against one service.
const SCENARIOS = {
  en: { oldVersion: "4.0.7577.4363", version: "4.0.7577.4387", mac: "0004F20001" },
  fr: { oldVersion: "4.0.7577.4400", version: "4.0.7577.4455", mac: "0004F20002" },
} as const satisfies Record<Locale, unknown>;

const MODELS = ["CX500", "CX600", "CX3000"] as const;
const FACTORY_VERSION = "4.0.7577.4100";

test("a package is imported, tried on a test phone, approved, and rolled back", async ({
  page,
}, info) => {
  const locale: Locale = info.project.name === "french" ? "fr" : "en";
  const { oldVersion, version, mac } = SCENARIOS[locale];
  const t = messagesOf(locale);
  const testPhone = { macAddress: `${mac}01`, model: "CX600", version: FACTORY_VERSION };
  const otherPhone = { macAddress: `${mac}02`, model: "CX600", version: FACTORY_VERSION };

  await signIn(page, t, "admin");
  await expect(page.locator("html")).toHaveAttribute("lang", locale);

  // What is in use before: without it there would be nothing to roll back to.
  await importPackage(page, t, oldVersion);
  await approveEverything(page, t);
  expect(await livePhone(otherPhone)).toEqual({
    answers: [`${oldVersion} (approved)`, "nothing due"],
    runs: oldVersion,
  });

  await importPackage(page, t, version);
  await page.goto("/updates/pending");
  for (const model of MODELS) {
    await expect(row(page, model)).toContainText(version);
  }

  await addTestPhone(page, t, testPhone.macAddress);
  expect(await livePhone(testPhone)).toEqual({
    answers: [`${version} (pending)`, "nothing due"],
    runs: version,
  });
  expect(await livePhone(otherPhone)).toEqual({ answers: ["nothing due"], runs: oldVersion });

  await approveEverything(page, t);
  expect(await livePhone(otherPhone)).toEqual({
    answers: [`${version} (approved)`, "nothing due"],
    runs: version,
  });

  await rollBack(page, t, "CX600");
  for (const phone of [testPhone, otherPhone]) {
    expect(await livePhone(phone)).toEqual({
      answers: [`${oldVersion} (approved)`, "nothing due"],
      runs: oldVersion,
    });
  }
});

function row(page: Page, model: string) {
  return page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: model }) });
}

async function importPackage(page: Page, t: Translate, version: string): Promise<void> {
  await page.goto("/updates/pending");
  // An empty table offers it too.
  await page
    .getByRole("button", { name: t("imports.import"), exact: true })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.locator("input[type=file]").setInputFiles({
    name: `UCUpdates-${version}.cab`,
    mimeType: "application/vnd.ms-cab-compressed",
    buffer: aPackage(version),
  });
  await dialog.getByRole("radio", { name: t("imports.dialog.allPools") }).check();
  await dialog.getByRole("button", { name: t("imports.dialog.start"), exact: true }).click();
  await page.waitForURL("**/updates/imports/*");
  await expect(page.getByText(t("imports.states.succeeded"), { exact: true })).toBeVisible();
}

async function approveEverything(page: Page, t: Translate): Promise<void> {
  await page.goto("/updates/pending");
  await page.getByRole("checkbox", { name: t("table.selectPage") }).check();
  await page.getByRole("button", { name: t("updates.actions.approve"), exact: true }).click();
  const dialog = page.getByRole("alertdialog").or(page.getByRole("dialog"));
  await dialog.getByLabel(t("updates.review.reason")).fill("e2e");
  await dialog.getByRole("button", { name: t("updates.actions.approve"), exact: true }).click();
  await expect(
    page.getByText(t("updates.review.done.approve", { count: MODELS.length })),
  ).toBeVisible();
  await expect(page.getByText(t("updates.empty.pending.title"))).toBeVisible();
}

async function addTestPhone(page: Page, t: Translate, macAddress: string): Promise<void> {
  await page.goto("/test-devices");
  await page
    .getByRole("button", { name: t("testDevices.actions.new") })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("testDevices.fields.name"), { exact: true }).fill(`Lab ${macAddress}`);
  await dialog.getByLabel(t("testDevices.fields.identifier"), { exact: true }).fill(macAddress);
  await dialog.getByRole("button", { name: t("testDevices.new.submit") }).click();
  await expect(page.getByRole("row").filter({ hasText: `Lab ${macAddress}` })).toBeVisible();
}

async function rollBack(page: Page, t: Translate, model: string): Promise<void> {
  await page.goto("/updates/approved");
  await row(page, model).getByRole("checkbox").check();
  await page.getByRole("button", { name: t("updates.actions.restore"), exact: true }).click();
  const dialog = page.getByRole("alertdialog").or(page.getByRole("dialog"));
  await dialog.getByRole("button", { name: t("updates.actions.restore"), exact: true }).click();
  await expect(page.getByText(t("updates.review.done.restore", { count: 1 }))).toBeVisible();
}
