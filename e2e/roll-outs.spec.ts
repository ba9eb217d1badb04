import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { aPackage } from "./support/cabinet.ts";
import { expectPhones, importWithCommand, ucupdates } from "./support/command.ts";
import { contentOf } from "./support/content.ts";
import { askInJson, downloadFrom } from "./support/json-phone.ts";
import { messagesOf } from "./support/messages.ts";
import { readIn, signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

/** A model without other phones. */
const MODEL = "CX808";
const BEFORE = "4.0.7577.4500";
const AFTER = "4.0.7577.4510";
const PHONES = Array.from({ length: 12 }, (_, index) => `0004F200080${index.toString(16)}`);
const FINE = PHONES.slice(0, 3);
/** As many as the brake of a new pool waits for. */
const FAILING = PHONES.slice(3, 8);

test("a roll-out is followed from its approval over the brake to its finish, and back from there", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await importWithCommand(aPackage(BEFORE, [MODEL]));
  await ucupdates(["approve-device-update-rule", "--model", MODEL, "--force"]);
  await Promise.all(PHONES.map((mac) => ask(mac, BEFORE)));
  await importWithCommand(aPackage(AFTER, [MODEL]));
  await expectPhones(["--model", MODEL], PHONES.length);

  await page.goto(`/updates/pending?q=${MODEL}`);
  await page.getByRole("rowheader").getByRole("link").click();
  await review(page, t("updates.actions.approve"), "tried by hand");
  await page.goto(`/roll-outs?q=${MODEL}&state=under_way`);
  await page.getByRole("rowheader").getByRole("link").click();
  await expectFigures(page, { running: 0, waiting: PHONES.length });
  const rollOut = page.url();

  const installing = [...FINE, ...FAILING];
  await Promise.all(installing.map(download));
  await Promise.all(FINE.map((mac) => ask(mac, AFTER)));
  await Promise.all(FAILING.map((mac) => ask(mac, BEFORE)));
  await page.goto(rollOut);
  await countOnceRecorded(rollOut, "fell_back", FAILING.length);
  await expect(contentOf(page).getByText(t("rollOuts.brake.halted"))).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByRole("note")).toContainText(/of 8 phones .* 5 fell back/i);
  await expectFigures(page, { running: FINE.length, fell_back: FAILING.length, waiting: 4 });
  const [waiting = ""] = PHONES.slice(-1);
  await expect.poll(() => ask(waiting, BEFORE)).toBe("");

  for (const [state, phones] of [
    ["running", FINE],
    ["fell_back", FAILING],
  ] as const) {
    await figure(page, state, phones.length).click();
    await expect(rows(page)).toHaveCount(phones.length);
    for (const mac of phones) {
      await expect(rows(page).filter({ hasText: written(mac) })).toHaveCount(1);
    }
    await page.goto(rollOut);
  }

  await page.getByRole("button", { name: t("rollOuts.continue.action") }).click();
  await page.getByLabel(t("rollOuts.continue.reason")).fill("a faulty switch");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: t("rollOuts.continue.action") })
    .click();
  await expect(contentOf(page).getByText(t("rollOuts.brake.halted"))).toBeHidden();
  // A continued roll-out reaches phones a moment later.
  await expect.poll(() => ask(waiting, BEFORE)).not.toBe("");
  await Promise.all(PHONES.map((mac) => ask(mac, AFTER)));
  await countOnceRecorded(rollOut, "running", PHONES.length);
  await expect(contentOf(page).getByText(t("rollOuts.explained.complete"))).toBeVisible({
    timeout: 60_000,
  });
  await expect(contentOf(page).getByText(running(PHONES.length))).toBeVisible();

  await review(page, t("updates.actions.restore"), "the headset key does not work");
  await page.getByRole("link", { name: t("rollOuts.facts.nextLink") }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(BEFORE);
  await expectFigures(page, { running: 0, waiting: PHONES.length });
  await expect.poll(() => ask(waiting, AFTER)).not.toBe("");

  await readIn(page, "ar");
  await page.goto(rollOut);
  await expect.poll(() => labelsInPlot(page)).toBe(0);
});

/** How many labels of the vertical axis cover the plot; null without a chart. */
function labelsInPlot(page: Page): Promise<number | null> {
  return page.evaluate(() => {
    const plot = document.querySelector(".recharts-cartesian-grid")?.getBoundingClientRect();
    const labels = [...document.querySelectorAll(".recharts-yAxis-tick-labels text")];
    return plot === undefined || labels.length === 0
      ? null
      : labels.filter((label) => label.getBoundingClientRect().right > plot.left).length;
  });
}

/** Sends a check at power-on; returns the address of the offered image, or nothing if nothing is due. */
async function ask(macAddress: string, version: string): Promise<string> {
  const { answer } = await askInJson(
    { macAddress, model: MODEL, version, trigger: "boot" },
    { address: addressOf(macAddress) },
  );
  const files = answer?.modules.flatMap((module) => module.files) ?? [];
  return files.find(({ role }) => role === "image")?.internalUrl ?? "";
}

async function download(macAddress: string): Promise<void> {
  // An approval reaches phones a moment after its response.
  await expect.poll(() => ask(macAddress, BEFORE)).not.toBe("");
  await downloadFrom(await ask(macAddress, BEFORE), addressOf(macAddress));
}

function addressOf(macAddress: string): string {
  return `10.80.8.${PHONES.indexOf(macAddress) + 1}`;
}

let nudges = 0;

/**
 * Waits until so many phones of a roll-out are in a state, and has the roll-outs counted. They are counted every minute, and
 * after a change of rules: here, by a package for another model.
 */
async function countOnceRecorded(rollOut: string, state: State, phones: number): Promise<void> {
  const id = new URL(rollOut).pathname.split("/").at(-1) ?? "";
  await expectPhones(["--roll-out", id, "--roll-out-state", state], phones);
  nudges += 1;
  await importWithCommand(aPackage(`4.0.7577.46${nudges}0`, ["CX809"]));
}

type State = "running" | "waiting" | "fell_back";

function figure(page: Page, state: State, phones: number) {
  return page.getByRole("link", {
    name: t("rollOuts.showPhones", {
      phones: String(phones),
      state: t(`rollOuts.states.${state}`),
    }),
  });
}

async function expectFigures(page: Page, figures: Partial<Record<State, number>>): Promise<void> {
  const states = ["running", "waiting", "fell_back"] as const;
  await expect(contentOf(page).getByText(running(figures.running ?? 0))).toBeVisible({
    timeout: 60_000,
  });
  for (const state of states) {
    const phones = figures[state] ?? 0;
    await expect(figure(page, state, phones)).toHaveCount(phones === 0 ? 0 : 1);
  }
}

function running(phones: number): string {
  return t("rollOuts.running", { running: phones, target: PHONES.length });
}

async function review(page: Page, action: string, reason: string): Promise<void> {
  await page.getByRole("button", { name: action, exact: true }).first().click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByLabel(t("updates.review.reason")).fill(reason);
  await dialog.getByRole("button", { name: action, exact: true }).click();
  await expect(dialog).toBeHidden();
}

function rows(page: Page) {
  return page.getByRole("row").filter({ has: page.getByRole("rowheader") });
}

function written(macAddress: string): string {
  return macAddress.replaceAll(/(..)(?=.)/g, "$1-");
}
