import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { ucupdates } from "./support/command.ts";
import { contentOf } from "./support/content.ts";
import { CHECK_URLS, askInJson, basic } from "./support/json-phone.ts";
import { messagesOf } from "./support/messages.ts";
import { BASE_URL } from "./support/server.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

const HOME_POOL = "homes.contoso.com";
const MAC = "0004F2000701";

/** Sends a check from outside with the given credentials, or without. */
async function askOutside(macAddress: string, authorization?: string): Promise<number> {
  const asking = authorization === undefined ? {} : { authorization };
  return (await askInJson({ macAddress }, { url: CHECK_URLS.external, ...asking })).status;
}

test("a device token is shown once, admits only its phone outside, and is invalid after it is revoked", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await page.goto("/settings/device-tokens");
  await page
    .getByRole("button", { name: t("deviceTokens.new") })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("tokens.name"), { exact: true }).fill("Lobby e2e");
  await dialog.getByLabel(t("deviceTokens.add.mac"), { exact: true }).fill("00-04-F2");
  await dialog.getByRole("button", { name: t("tokens.create") }).click();
  await expect(dialog.getByText(t("deviceTokens.add.macError"))).toBeVisible();
  await dialog.getByLabel(t("deviceTokens.add.mac"), { exact: true }).fill("00-04-F2-00-07-01");
  await dialog.getByRole("button", { name: t("tokens.create") }).click();
  await expect(dialog.getByText(t("tokens.secret.copyNow"))).toBeVisible();
  const secret = /ucd_[\w-]+/.exec(await dialog.innerText())?.[0] ?? "";
  expect(secret).not.toBe("");

  expect(await askOutside(MAC)).toBe(401);
  // Processes learn of a new token through the database, a moment later.
  await expect.poll(() => askOutside(MAC, `Bearer ${secret}`)).toBe(200);
  expect(await askOutside(MAC, basic("token", secret))).toBe(200);
  expect(await askOutside("0004F2000702", `Bearer ${secret}`)).toBeGreaterThanOrEqual(401);

  await dialog.getByRole("button", { name: t("tokens.secret.done") }).click();
  await page.reload();
  const row = page.getByRole("row").filter({ hasText: "Lobby e2e" });
  await expect(row).toContainText("00-04-F2-00-07-01");
  expect(await page.content()).not.toContain(secret);

  await row.getByRole("button", { name: t("tokens.revoke.named", { name: "Lobby e2e" }) }).click();
  await confirm(page, t("tokens.revoke.action"));
  await expect(row).toHaveCount(0);
  await expect.poll(() => askOutside(MAC, `Bearer ${secret}`)).toBe(401);
});

test.afterAll(async () => {
  await ucupdates(["remove-pool", HOME_POOL, "--force"]);
});

test("a user's phone gets the home pool that is set in the panel, until it is removed", async ({
  page,
}) => {
  const user = "adamb.e2e@contoso.com";
  await ucupdates([
    ...["new-pool", HOME_POOL],
    ...["--internal-url", `http://${HOME_POOL}`, "--external-url", `https://web.${HOME_POOL}`],
  ]);
  await signIn(page, t, "admin");
  await page.goto("/homes");
  await page
    .getByRole("button", { name: t("homes.actions.new") })
    .first()
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("homes.fields.sipAddress")).fill(`sip:${user}`);
  await dialog.getByLabel(t("homes.fields.pool")).selectOption(HOME_POOL);
  await dialog.getByRole("button", { name: t("homes.form.submit") }).click();
  const row = page.getByRole("row").filter({ hasText: user });
  await expect(row).toContainText(HOME_POOL);

  const provisioning = `${BASE_URL}/api/update/provisioning?user=sip:${user}`;
  const document = async () => (await fetch(provisioning)).text();
  await expect
    .poll(document)
    .toContain(
      `<updatesServerInternalUrl>http://${HOME_POOL}:80/RequestHandler/ucdevice.upx</updatesServerInternalUrl>`,
    );
  const told = await document();
  expect(told).toContain(
    `<updatesServerExternalUrl>https://web.${HOME_POOL}:443/RequestHandlerExt/ucdevice.upx</updatesServerExternalUrl>`,
  );
  expect(told).toContain("<updatesServerEnabled>true</updatesServerEnabled>");

  const menu = row.getByRole("button", { name: t("homes.actions.menu", { user }) });
  const buttonBefore = await menu.evaluateHandle((button) => button);
  await contentOf(page)
    .getByLabel(t("homes.switch.pool", { pool: HOME_POOL }))
    .uncheck();
  await page.getByRole("button", { name: t("homes.switch.submit"), exact: true }).click();
  await expect.poll(document).toContain("<updatesServerEnabled>false</updatesServerEnabled>");
  await expect(
    page.getByRole("listitem").filter({ hasText: t("homes.switch.saved") }),
  ).toBeVisible();

  // The rows are shown again with the new data, and a menu that is open or focused stays so.
  expect(await buttonBefore.evaluate((button) => button.isConnected)).toBe(true);
  await menu.click();
  await page.getByRole("menuitem", { name: t("homes.actions.remove") }).click();
  await confirm(page, t("homes.actions.remove"));
  await expect(row).toHaveCount(0);
  await expect.poll(document).not.toContain(HOME_POOL);
});

async function confirm(page: Page, label: string): Promise<void> {
  await page.getByRole("alertdialog").getByRole("button", { name: label, exact: true }).click();
}
