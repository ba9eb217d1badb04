import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { aPackage } from "./support/cabinet.ts";
import { importWithCommand, ucupdates } from "./support/command.ts";
import { contentOf } from "./support/content.ts";
import { CHECK_URLS, askInJson, basic } from "./support/json-phone.ts";
import { messagesOf } from "./support/messages.ts";
import { PASSWORDS } from "./support/server.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");
const VERSION = "4.0.7577.9200";
const PHONE = { macAddress: "0004F2000901", model: "CX9200" };
const OUTSIDE = { url: CHECK_URLS.external, authorization: basic("admin", PASSWORDS.admin) };

test("a phone's page explains why nothing is due and predicts other answers, which the phone then gets", async ({
  page,
}) => {
  await importWithCommand(aPackage(VERSION, [PHONE.model]));

  await signIn(page, t, "admin");
  const why = page.getByRole("region", { name: t("devices.judgements.title") });
  // The rule of the package reaches phones a moment after the import.
  await expect(async () => {
    expect((await askInJson(PHONE)).answer?.downloads).toBe(0);
    await openPhone(page);
    await expect(why).toContainText(t("devices.judgements.nothing_to_offer", { isTest: "false" }), {
      timeout: 1_000,
    });
  }).toPass();

  await page.getByRole("link", { name: t("device.tabs.whatIf"), exact: true }).click();
  const whatIf = page.getByRole("region", { name: t("devices.whatIf.title") });
  await choose(page, t("devices.whatIf.approve"), `CPE ${VERSION}`);
  await expect(whatIf.getByText(t("devices.outcomes.nothing_to_offer"))).toBeVisible();
  await expect(
    whatIf.getByText(t("devices.outcomes.offered", { versions: VERSION })),
  ).toBeVisible();
  const inside = await previewedUrl(page, "/api/update/files/");

  await choose(page, t("devices.whatIf.side"), t("devices.whatIf.sides.external"));
  await expect(whatIf).toContainText(t("devices.whatIf.outsideNeedsUser"));
  const outside = await previewedUrl(page, "/api/update/external/files/");

  // The rule offers nothing to other hardware, neither before nor after the approval.
  await contentOf(page).getByLabel(t("devices.whatIf.revision"), { exact: true }).fill("B");
  await page.getByRole("button", { name: t("devices.whatIf.ask") }).click();
  await expect(
    whatIf.getByText(t("devices.judgements.other_hardware"), { exact: true }),
  ).toHaveCount(2);
  expect((await askInJson({ ...PHONE, revision: "B" })).answer?.downloads).toBe(0);

  await ucupdates(["approve-device-update-rule", "--model", PHONE.model, "--force"]);

  await expect.poll(async () => (await imageFor({})).version).toBe(VERSION);
  expect(await imageFor({})).toMatchObject({ internalUrl: inside });
  expect(await imageFor(OUTSIDE)).toMatchObject({ externalUrl: outside });

  const offered = t("devices.judgements.offered", {
    version: VERSION,
    channel: "approved",
    isTest: "false",
  });
  await expect(async () => {
    await openPhone(page);
    await expect(why).toContainText(offered, { timeout: 1_000 });
  }).toPass();
});

/** The real answer to the phone: a version and the path of its image. */
async function imageFor(asking: Parameters<typeof askInJson>[1]) {
  const [module] = (await askInJson(PHONE, asking)).answer?.modules ?? [];
  const image = module?.files.find(({ role }) => role === "image");
  return { version: module?.version, ...image };
}

/** Checks are written in batches, so the list is polled until the phone appears. */
async function openPhone(page: Page): Promise<void> {
  const link = page
    .getByRole("row")
    .filter({ hasText: "00-04-F2-00-09-01" })
    .getByRole("link")
    .first();
  await expect(async () => {
    await page.goto(`/devices?q=${PHONE.macAddress}`);
    await expect(link).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await link.click();
  await page.waitForURL("**/devices/*-*");
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await contentOf(page).getByLabel(label, { exact: true }).selectOption({ label: option });
  await page.getByRole("button", { name: t("devices.whatIf.ask") }).click();
}

async function previewedUrl(page: Page, root: string): Promise<string> {
  const code = contentOf(page).locator("code").filter({ hasText: root });
  await expect(code).toHaveCount(1);
  return code.innerText();
}
