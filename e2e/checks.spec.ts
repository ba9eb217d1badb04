import { readFile } from "node:fs/promises";
import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { ucupdates } from "./support/command.ts";
import { contentOf } from "./support/content.ts";
import { CHECK_URLS, askInJson } from "./support/json-phone.ts";
import { messagesOf } from "./support/messages.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

/** A formula that a spreadsheet would execute if it were exported unchanged. */
const FORMULA = '=HYPERLINK("http://evil.example")';
const POOL = "checks.contoso.com";

test.afterAll(async () => {
  await ucupdates(["remove-pool", POOL, "--force"]);
});

test("finds checks by phone, model, pool, time, answer, reason and trigger, and exports them without formulas", async ({
  page,
}) => {
  await ucupdates(["new-pool", POOL]);
  const [first, formula, other, elsewhere] = [
    { macAddress: "0004F2000601", model: "CX601A", trigger: "boot" },
    { macAddress: "0004F2000602", model: "CX601B", serialNumber: FORMULA },
    { macAddress: "0004F2000603", model: "CX500", trigger: "manual" },
    { macAddress: "0004F2000604", model: "CX601B" },
  ];
  for (const phone of [first, formula, other]) {
    expect((await askInJson(phone)).status).toBe(200);
  }
  const url = `${CHECK_URLS.internal}?pool=${POOL}`;
  // A phone that the search does not find waits for the pool: refused checks are listed too.
  const early = { macAddress: "0004F200FF06", model: "CX601B" };
  await expect.poll(async () => (await askInJson(early, { url })).status).toBe(200);
  expect((await askInJson(elsewhere, { url })).status).toBe(200);

  await signIn(page, t, "admin");
  await expect(async () => {
    await page.goto("/checks?q=0004F20006");
    await expect(rows(page)).toHaveCount(4, { timeout: 1_000 });
  }).toPass();

  await search(page, "00-04-F2-00-06-01");
  await expectOnly(page, "CX601A");
  await search(page, "0004F20006");

  await filter(page, t("checks.filters.model"), "CX601A");
  await expectOnly(page, "CX601A");
  await clear(page);
  await filter(page, t("checks.filters.pool"), POOL);
  await expectOnly(page, "00-04-F2-00-06-04");
  await clear(page);
  await filter(page, t("checks.filters.trigger"), t("devices.triggers.manual"));
  await expectOnly(page, "00-04-F2-00-06-03");
  await clear(page);
  await filter(page, t("checks.filters.outcome"), t("checks.outcomes.no_rule"));
  await expect(rows(page)).toHaveCount(3);
  await clear(page);
  // Whether its model's rule offers something or not, the check has a reason.
  const reason = await rows(page).filter({ hasText: "00-04-F2-00-06-03" }).innerText();
  const verdict = (["offered", "already_installed", "nothing_to_offer"] as const).find((one) =>
    reason.includes(t(`checks.verdicts.${one}`)),
  );
  expect(verdict).toBeDefined();
  await filter(
    page,
    t("checks.filters.verdict"),
    t(`checks.verdicts.${verdict ?? "other_hardware"}`),
  );
  await expectOnly(page, "00-04-F2-00-06-03");
  await clear(page);

  const today = new Date().toLocaleDateString("sv-SE");
  await contentOf(page).getByLabel(t("checks.range.day.from"), { exact: true }).fill(today);
  await expect(rows(page)).toHaveCount(4);
  await contentOf(page).getByLabel(t("checks.range.day.to"), { exact: true }).fill(today);
  await contentOf(page).getByLabel(t("checks.range.time.to"), { exact: true }).fill("00:01");
  await expect(contentOf(page).getByText(t("table.noMatch.title"))).toBeVisible();
  await contentOf(page).getByLabel(t("checks.range.time.to"), { exact: true }).fill("");
  await expect(rows(page)).toHaveCount(4);

  await page.getByRole("button", { name: t("table.export.action"), exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: t("table.export.csv") }).click(),
  ]);
  const csv = await readFile(await download.path(), "utf8");
  expect(csv.trimEnd().split("\r\n")).toHaveLength(5);
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
});

function rows(page: Page) {
  return page.getByRole("row").filter({ has: page.getByRole("rowheader") });
}

async function expectOnly(page: Page, text: string): Promise<void> {
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText(text);
}

async function search(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: t("checks.search") }).fill(text);
  await expect(page).toHaveURL(new RegExp(`q=${text}`));
}

async function filter(page: Page, facet: string, option: string): Promise<void> {
  await page.getByRole("button", { name: facet, exact: true }).click();
  await page.getByRole("option", { name: option, exact: true }).click();
  await page.keyboard.press("Escape");
}

/** Clears the filters, except the one for this test's phones. */
async function clear(page: Page): Promise<void> {
  await page.goto("/checks?q=0004F20006");
  await expect(rows(page)).toHaveCount(4);
}
