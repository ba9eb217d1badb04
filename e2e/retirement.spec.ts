import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { contentOf } from "./support/content.ts";
import { askInJson } from "./support/json-phone.ts";
import { messagesOf } from "./support/messages.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

const MODEL = "CX707";
const OTHER_MODEL = "CX717";
const PHONES = [
  { macAddress: "0004F2000B01", model: MODEL, serialNumber: "R7-1" },
  { macAddress: "0004F2000B02", model: MODEL, serialNumber: "R7-1" },
  { macAddress: "0004F2000B03", model: MODEL, serialNumber: "R7-3" },
] as const;

test("merges a repaired phone, retires all that match, and lists a phone again when it checks", async ({
  page,
}) => {
  for (const phone of PHONES) {
    expect((await askInJson(phone)).status).toBe(200);
    // Each checks after the one before was recorded: a phone whose address changed.
    await signIn(page, t, "admin");
    await expectListed(page, phone.macAddress, 1);
  }

  await page.goto("/devices/conflicts");
  const pair = page.getByRole("region", {
    name: t("doubtful.conflicts.serials.of", { serialNumber: "R7-1" }),
  });
  await pair.getByRole("button", { name: /^Merge/ }).click();
  const merging = page.getByRole("alertdialog");
  await expect(merging.getByText("00-04-F2-00-0B-01")).toBeVisible();
  await merging.getByRole("button", { name: t("doubtful.merge.action") }).click();
  await expect(page.getByText(t("doubtful.merge.done"))).toBeVisible();
  await expect(pair).toBeHidden();

  await page.goto(`/devices?q=${MODEL}`);
  await expect(rows(page)).toHaveCount(2);
  await rows(page).first().getByRole("checkbox").check();
  await page.getByRole("button", { name: t("table.selectAllMatching", { total: 2 }) }).click();
  await page
    .getByRole("button", { name: t("retirement.actions.retire.action"), exact: true })
    .click();
  const retiring = page.getByRole("alertdialog", {
    name: t("retirement.actions.retire.title", { count: 2 }),
  });
  await retiring.getByLabel(t("retirement.actions.reason")).fill("office closed");
  await retiring.getByRole("button", { name: t("retirement.actions.retire.confirm") }).click();
  await expect(page.getByText(t("retirement.actions.retire.done", { count: 2 }))).toBeVisible();
  await expect(rows(page)).toHaveCount(0);

  await page.goto(`/devices/retired?q=${MODEL}`);
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText("office closed");
  await askInJson(PHONES[2]);
  await expectListed(page, PHONES[2].macAddress, 1);
  await rows(page).first().getByRole("link").click();
  await expect(contentOf(page).getByText(t("retirement.events.returned"))).toBeVisible();
  await page.goto(`/devices/retired?q=${MODEL}`);
  await expect(rows(page)).toHaveCount(1);
});

test("shows two phones with one MAC address, whose serial numbers alternate, and one of them on its page", async ({
  page,
}) => {
  const macAddress = "0004F2000B11";
  await signIn(page, t, "admin");
  // Each checks after the one before was recorded.
  for (const serialNumber of ["R7-A", "R7-B", "R7-A", "R7-B"]) {
    await askInJson({ macAddress, model: OTHER_MODEL, serialNumber });
    await expect(async () => {
      await page.goto(`/devices?q=${serialNumber}`);
      await expect(rows(page)).toHaveCount(1, { timeout: 1_000 });
    }).toPass();
  }

  await page.goto("/devices/conflicts");
  const addresses = page.getByRole("region", { name: t("doubtful.conflicts.addresses.title") });
  const phone = addresses.getByRole("row").filter({ hasText: "00-04-F2-00-0B-11" });
  await expect(phone).toContainText("R7-B");
  await phone.getByRole("link").click();
  await expect(contentOf(page).getByText(t("devices.identityConflict.title"))).toBeVisible();
  await page.goto(`/devices?q=${macAddress}`);
  await expect(rows(page)).toContainText(t("devices.conflicts.two_phones"));
});

test("retires a phone by its page, finds it under the retired ones, and restores it there", async ({
  page,
}) => {
  const macAddress = "0004F2000B21";
  await askInJson({ macAddress, model: OTHER_MODEL, serialNumber: "R7-21" });
  await signIn(page, t, "admin");
  await expectListed(page, macAddress, 1);
  await rows(page).first().getByRole("link").first().click();
  await page
    .getByRole("button", { name: t("retirement.actions.retire.action"), exact: true })
    .click();
  const retiring = page.getByRole("alertdialog", {
    name: t("retirement.actions.retire.title", { count: 1 }),
  });
  await retiring.getByLabel(t("retirement.actions.reason")).fill("display broken");
  await retiring
    .getByRole("button", { name: t("retirement.actions.retire.confirm"), exact: true })
    .click();
  await expect(page.getByText(t("retirement.actions.retire.done", { count: 1 }))).toBeVisible();
  await expectListed(page, macAddress, 0);

  await page.goto(`/devices/retired?q=${macAddress}`);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("display broken");
  await rows(page).getByRole("link").first().click();
  await page
    .getByRole("button", { name: t("retirement.actions.restore.action"), exact: true })
    .click();
  const restoring = page.getByRole("alertdialog", {
    name: t("retirement.actions.restore.title", { count: 1 }),
  });
  await restoring
    .getByRole("button", { name: t("retirement.actions.restore.confirm"), exact: true })
    .click();
  await expect(page.getByText(t("retirement.actions.restore.done", { count: 1 }))).toBeVisible();
  await expectListed(page, macAddress, 1);
  await page.goto(`/devices/retired?q=${macAddress}`);
  await expect(rows(page)).toHaveCount(0);
});

test("an operator sees retired phones and conflicts, and changes nothing", async ({ page }) => {
  await signIn(page, t, "operator");
  await page.goto("/devices/retired");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("retirement.title"));
  await expect(page.getByRole("button", { name: t("retirement.byAge.preview") })).toBeHidden();
  await page.goto("/devices?q=0004F2000001");
  await rows(page).first().getByRole("checkbox").check();
  await expect(
    page.getByRole("button", { name: t("retirement.actions.testDevices.action") }),
  ).toBeVisible();
  await expect(
    page.getByRole("button", { name: t("retirement.actions.retire.action"), exact: true }),
  ).toBeHidden();
});

/** The rows of the table, without its head. */
function rows(page: Page) {
  return page
    .getByRole("table")
    .first()
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });
}

async function expectListed(page: Page, macAddress: string, count: number): Promise<void> {
  await expect(async () => {
    await page.goto(`/devices?q=${macAddress}`);
    await expect(rows(page)).toHaveCount(count, { timeout: 1_000 });
  }).toPass();
}
