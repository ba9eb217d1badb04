import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import type { Locale } from "#foundation/i18n/locales";
import { DESCRIBED_FIELDS } from "#formats/cab/description/model";
import { aPackage, anUndescribedPackage } from "./support/cabinet.ts";
import { contentOf } from "./support/content.ts";
import { messagesOf } from "./support/messages.ts";
import type { Translate } from "./support/messages.ts";
import { connectPhone, expectOffer } from "./support/phone.ts";
import { signIn } from "./support/sign-in.ts";

// Each language uses its own versions and phones, because both run against one service.
const SCENARIOS = {
  en: { oldVersion: "4.0.7577.4363", version: "4.0.7577.4387", mac: "0004F20001" },
  fr: { oldVersion: "4.0.7577.4400", version: "4.0.7577.4455", mac: "0004F20002" },
} as const satisfies Partial<Record<Locale, unknown>>;

const MODELS = ["CX500", "CX600", "CX3000"] as const;
const FACTORY_VERSION = "4.0.7577.4100";

test("errors of an upload and its details are shown in the reader’s language", async ({
  page,
}, info) => {
  const locale = info.project.name === "french" ? "fr" : "en";
  const t = messagesOf(locale);
  await signIn(page, t, "admin");

  await uploadPackage(page, t, { name: "Nothing.cab", buffer: Buffer.alloc(0) });
  await expect(page.getByRole("dialog").getByRole("alert")).toContainText(
    t("errors.reasons.upload_empty"),
  );

  const [boot, sip] = [`boot-${locale}.ld`, `sip-${locale}.ld`] as const;
  await uploadPackage(page, t, { name: "Vendor.cab", buffer: anUndescribedPackage([boot, sip]) });
  await page.waitForURL("**/updates/imports/*");
  await describe(page, t, { path: boot, model: "VVX/410" });
  await describe(page, t, { path: sip, model: "VVX410" });
  await page.getByRole("button", { name: t("imports.details.submit") }).click();
  const model = fieldsOf(page, boot).getByLabel(t("imports.fields.model"), { exact: true });
  await expect(model).toHaveAccessibleDescription(t("imports.details.fieldError"));

  await model.fill("VVX410");
  await page.getByRole("button", { name: t("imports.details.submit") }).click();
  const phone = `${DETAILS.brand} VVX410 ${DETAILS.revision} ${DETAILS.locale}`;
  const { version, updateType } = DETAILS;
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    t("imports.failures.conflicting_content", { subject: sip, version, updateType, phone }),
  );

  await page.getByRole("button", { name: t("imports.cancel.action") }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: t("imports.cancel.confirm") })
    .click();
  await expect(
    contentOf(page).getByText(t("imports.states.cancelled"), { exact: true }),
  ).toBeVisible();
});

test("a package is imported, tried on a test device, approved, and rolled back", async ({
  page,
}, info) => {
  const locale = info.project.name === "french" ? "fr" : "en";
  const { oldVersion, version, mac } = SCENARIOS[locale];
  const t = messagesOf(locale);
  const testPhone = { macAddress: `${mac}01`, model: "CX600", version: FACTORY_VERSION };
  const otherPhone = { macAddress: `${mac}02`, model: "CX600", version: FACTORY_VERSION };

  await signIn(page, t, "admin");
  await expect(page.locator("html")).toHaveAttribute("lang", locale);

  // The approved version of before; without it there would be no restore version.
  await importPackage(page, t, oldVersion);
  await approveEverything(page, t);
  await expectOffer(otherPhone, oldVersion);
  expect(await connectPhone(otherPhone)).toEqual({
    answers: [`${oldVersion} (approved)`, "nothing due"],
    runs: oldVersion,
  });

  await importPackage(page, t, version);
  await page.goto("/updates/pending");
  for (const model of MODELS) {
    await expect(row(page, model)).toContainText(version);
  }

  await addTestPhone(page, t, testPhone.macAddress);
  await expectOffer(testPhone, version);
  expect(await connectPhone(testPhone)).toEqual({
    answers: [`${version} (pending)`, "nothing due"],
    runs: version,
  });
  expect(await connectPhone(otherPhone)).toEqual({ answers: ["nothing due"], runs: oldVersion });

  await approveEverything(page, t);
  await expectOffer(otherPhone, version);
  expect(await connectPhone(otherPhone)).toEqual({
    answers: [`${version} (approved)`, "nothing due"],
    runs: version,
  });

  await rollBack(page, t, "CX600");
  for (const phone of [testPhone, otherPhone]) {
    await expectOffer(phone, oldVersion);
    expect(await connectPhone(phone)).toEqual({
      answers: [`${oldVersion} (approved)`, "nothing due"],
      runs: oldVersion,
    });
  }
});

function row(page: Page, model: string) {
  return page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: model }) });
}

const DETAILS = {
  deviceType: "3PIP",
  brand: "Polycom",
  revision: "A",
  locale: "ENU",
  version: "5.4.0.1",
  updateType: "FW",
} as const;

/** The form fields for a file that the package does not describe. */
function fieldsOf(page: Page, path: string) {
  return page.getByRole("group", { name: path, exact: true });
}

async function describe(
  page: Page,
  t: Translate,
  { path, model }: { readonly path: string; readonly model: string },
): Promise<void> {
  const details = { ...DETAILS, model };
  for (const field of DESCRIBED_FIELDS) {
    const label = t(`imports.fields.${field}`);
    await fieldsOf(page, path).getByLabel(label, { exact: true }).fill(details[field]);
  }
}

async function importPackage(page: Page, t: Translate, version: string): Promise<void> {
  await uploadPackage(page, t, { name: `UCUpdates-${version}.cab`, buffer: aPackage(version) });
  await page.waitForURL("**/updates/imports/*");
  await expect(
    contentOf(page).getByText(t("imports.states.succeeded"), { exact: true }),
  ).toBeVisible();
}

async function uploadPackage(
  page: Page,
  t: Translate,
  file: { readonly name: string; readonly buffer: Buffer },
): Promise<void> {
  await page.goto("/updates/pending");
  // An empty table has this button too.
  await page
    .getByRole("button", { name: t("imports.dialog.open"), exact: true })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  const mimeType = "application/vnd.ms-cab-compressed";
  await dialog.locator("input[type=file]").setInputFiles({ ...file, mimeType });
  await dialog.getByRole("radio", { name: t("imports.dialog.allPools") }).check();
  await dialog.getByRole("button", { name: t("imports.dialog.start"), exact: true }).click();
}

async function approveEverything(page: Page, t: Translate): Promise<void> {
  await page.goto("/updates/pending");
  for (const model of MODELS) {
    await expect(row(page, model).first()).toBeVisible();
  }
  // Other tests may have left a rule that waits.
  const count = await page
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader") })
    .count();
  await page.getByRole("checkbox", { name: t("table.selectPage") }).check();
  await page.getByRole("button", { name: t("updates.actions.approve"), exact: true }).click();
  const dialog = page.getByRole("alertdialog").or(page.getByRole("dialog"));
  await dialog.getByLabel(t("updates.review.reason")).fill("e2e");
  await dialog.getByRole("button", { name: t("updates.actions.approve"), exact: true }).click();
  await expect(page.getByText(t("updates.review.done.approve", { count }))).toBeVisible();
  await expect(contentOf(page).getByText(t("updates.empty.pending.title"))).toBeVisible();
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
