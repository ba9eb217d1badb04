import { expect, test } from "playwright/test";
import type { Browser, BrowserContext, Page } from "playwright/test";
import { ucupdates } from "./support/command.ts";
import { contentOf } from "./support/content.ts";
import { messagesOf } from "./support/messages.ts";
import { BASE_URL } from "./support/server.ts";

const t = messagesOf("en");
const PASSWORD = "a password for sessions";

/** Signs in through the form, because each of these tests ends its own session. */
async function signIn(page: Page, name: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel(t("signIn.name"), { exact: true }).fill(name);
  await page.getByLabel(t("signIn.password"), { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: t("signIn.submit") }).click();
  await page.waitForURL("**/home");
}

async function newAccount(name: string): Promise<void> {
  await ucupdates(["new-account", name, "--role", "operator", "--password-stdin"], PASSWORD);
}

/** A browser context with a copy of this browser's cookies. */
async function copyCookies(browser: Browser, page: Page): Promise<BrowserContext> {
  const copy = await browser.newContext({ baseURL: BASE_URL });
  await copy.addCookies(await page.context().cookies());
  return copy;
}

async function expectSignedOut(copy: BrowserContext): Promise<void> {
  expect((await copy.request.get("/api/rules")).status()).toBe(401);
  expect(await (await copy.request.get("/api/auth/session")).json()).toEqual({});
  const page = await copy.newPage();
  await page.goto("/updates/all");
  await expect(page).toHaveURL(/\/sign-in/);
}

test("a copied cookie is invalid after the sign-out, and other sessions of the account stay valid", async ({
  browser,
  page,
}) => {
  await newAccount("leaver");
  await signIn(page, "leaver");
  const copy = await copyCookies(browser, page);
  const elsewhere = await browser.newContext({ baseURL: BASE_URL });
  await signIn(await elsewhere.newPage(), "leaver");
  expect((await copy.request.get("/api/rules")).status()).toBe(200);

  await page.getByRole("button", { name: t("shell.account") }).click();
  await page.getByRole("menuitem", { name: t("shell.signOut") }).click();
  await page.waitForURL("**/sign-in");

  await expectSignedOut(copy);
  expect((await elsewhere.request.get("/api/rules")).status()).toBe(200);
  await copy.close();
  await elsewhere.close();
});

test("a sign-out leads to the sign-in, also after an update of the service has removed the scripts of the page", async ({
  page,
}) => {
  await newAccount("updated");
  await signIn(page, "updated");
  await page.getByRole("button", { name: t("shell.account") }).click();
  const signOut = page.getByRole("menuitem", { name: t("shell.signOut") });
  await expect(signOut).toBeVisible();
  await page.route("**/_next/static/**", (route) => route.abort());
  await signOut.click();
  await page.waitForURL("**/sign-in", { timeout: 30_000 });
});

test("a person who changes the own password is led to the sign-in, which says why", async ({
  page,
}) => {
  await newAccount("changer");
  await signIn(page, "changer");
  await page.goto("/settings");
  await contentOf(page).getByLabel(t("settings.password.current"), { exact: true }).fill(PASSWORD);
  await contentOf(page)
    .getByLabel(t("settings.password.new"), { exact: true })
    .fill("another long password");
  await page.getByRole("button", { name: t("settings.password.change") }).click();
  await page.waitForURL("**/sign-in", { timeout: 30_000 });
  await expect(page.getByText(t("signIn.notices.password_changed"))).toBeVisible();
});

test("an account that is disabled on the command line is signed out at its next request", async ({
  page,
}) => {
  await newAccount("dismissed");
  await signIn(page, "dismissed");
  expect((await page.request.get("/api/rules")).status()).toBe(200);
  await ucupdates(["set-account", "dismissed", "--disable"]);
  expect((await page.request.get("/api/rules")).status()).toBe(401);
  await page.goto("/updates/all");
  await expect(page).toHaveURL(/\/sign-in/);
});

test("a new password that is set on the command line ends the sessions", async ({ page }) => {
  await newAccount("renewed");
  await signIn(page, "renewed");
  await ucupdates(["set-account", "renewed", "--password-stdin"], "another password for it");
  expect((await page.request.get("/api/rules")).status()).toBe(401);
});

test("a sign-in form that is sent without scripts keeps the password out of the address", async ({
  browser,
}) => {
  const plain = await browser.newContext({ baseURL: BASE_URL, javaScriptEnabled: false });
  const page = await plain.newPage();
  await page.goto("/sign-in");
  const password = page.locator("input[name=password]");
  await password.fill(PASSWORD);
  const sent = page.waitForRequest((request) => request.isNavigationRequest());
  await password.press("Enter");
  expect((await sent).url()).toBe(`${BASE_URL}/sign-in`);
  await expect(password).toHaveValue("");
  await plain.close();
});
