import { expect, test } from "playwright/test";
import type { Locator, Page } from "playwright/test";
import { contentOf } from "./support/content.ts";
import { messagesOf } from "./support/messages.ts";
import { BASE_URL, PASSWORDS } from "./support/server.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

const SITE = "🏢 <b>Zürich</b>";
const OTHER_SITE = "St. Gallen";

test("a dialog whose change gets no answer says so, keeps what was typed, and works afterwards", async ({
  page,
}) => {
  const dialog = await openNewSite(page);
  const name = dialog.getByLabel(t("sites.fields.name"));
  await name.fill(SITE);

  await page.context().setOffline(true);
  await dialog.getByRole("button", { name: t("sites.new.submit") }).click();
  await expect(dialog.getByRole("alert")).toHaveText(t("errors.codes.unreachable"));
  await expect(name).toHaveValue(SITE);

  await page.context().setOffline(false);
  await dialog.getByRole("button", { name: t("sites.new.submit") }).click();
  await expect(page.getByText(t("sites.created"))).toBeVisible();
  await expect(contentOf(page).getByText(SITE).first()).toBeVisible();
});

test("a dialog that is sent after the session ended keeps what was typed, and works after the sign-in in a new tab", async ({
  page,
  context,
}) => {
  const dialog = await openNewSite(page);
  const name = dialog.getByLabel(t("sites.fields.name"));
  await name.fill(OTHER_SITE);
  const session = await context.cookies();

  // As the browser does when the cookie is too old.
  await context.clearCookies({ name: /session-token/ });
  await dialog.getByRole("button", { name: t("sites.new.submit") }).click();
  const opening = context.waitForEvent("page");
  await dialog.getByRole("alert").getByRole("link").click();
  const beside = await opening;
  await expect(beside).toHaveURL(/\/sign-in$/);
  await expect(name).toHaveValue(OTHER_SITE);

  // As the sign-in does in the new tab.
  await context.addCookies(session);
  await dialog.getByRole("button", { name: t("sites.new.submit") }).click();
  await expect(page.getByText(t("sites.created"))).toBeVisible();
  await expect(contentOf(page).getByText(OTHER_SITE).first()).toBeVisible();
});

test("a form keeps what was typed when the session ends and the page would be loaded again", async ({
  page,
  context,
}) => {
  await signIn(page, t, "admin");
  const stream = page.waitForResponse("**/api/live");
  await page.goto("/settings/dialect");
  await stream;
  const field = page.getByRole("main").getByRole("textbox").first();
  await field.fill(`${await field.inputValue()} `);
  const typed = await field.inputValue();
  const session = await context.cookies();

  await context.clearCookies({ name: /session-token/ });
  const refused = page.waitForResponse(
    (response) =>
      response.url().endsWith("/api/live") &&
      response.request().method() === "HEAD" &&
      response.status() === 401,
  );
  await announceChange(page);
  await refused;
  const notice = page.getByRole("status").filter({ has: page.getByRole("link") });
  await expect(notice).toBeVisible();
  await expect(page).toHaveURL(/\/settings\/dialect$/);
  await expect(field).toHaveValue(typed);

  // As the sign-in does in the new tab.
  await context.addCookies(session);
  await expect(notice).toBeHidden({ timeout: 30_000 });
  await expect(field).toHaveValue(typed);
});

test("a form that is sent while the server restarts or its session has ended shows why and keeps what was typed", async ({
  page,
  context,
}) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await ignoreChanges(page);
  await signIn(page, t, "admin");
  await page.goto("/account/notifications");
  const email = contentOf(page).getByLabel(t("notifications.own.email"), { exact: true });
  const save = page.getByRole("button", { name: t("notifications.own.save") });
  await email.fill("typed@contoso.com");

  await page.route("**/account/notifications", (route) =>
    route.request().method() === "POST"
      ? route.fulfill({ status: 503, contentType: "text/html", body: "The panel is starting." })
      : route.continue(),
  );
  await save.click();
  const alert = page.getByRole("alert").filter({ hasText: t("errors.codes.unreachable") });
  // The button is below the fold, and the message is above the fields.
  await expect(alert).toBeInViewport();
  await expect(email).toHaveValue("typed@contoso.com");
  // The same message again is as new as the first one.
  await save.click();
  await expect(alert).toBeInViewport();

  await page.unroute("**/account/notifications");
  await context.clearCookies({ name: /session-token/ });
  await save.click();
  await expect(page.getByRole("alert").getByRole("link")).toBeInViewport();
  await expect(email).toHaveValue("typed@contoso.com");
});

test("a sign-in while the server restarts or is away stays on the page, and works afterwards", async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: BASE_URL });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel(t("signIn.name"), { exact: true }).fill("viewer");
  const password = page.getByLabel(t("signIn.password"), { exact: true });
  await password.fill(PASSWORDS.viewer);
  const submit = page.getByRole("button", { name: t("signIn.submit") });
  const unavailable = page.getByRole("alert").filter({ hasText: t("signIn.unavailable") });

  await page.route("**/api/auth/**", (route) =>
    route.fulfill({ status: 503, contentType: "text/html", body: "The panel is starting." }),
  );
  await submit.click();
  await expect(unavailable).toBeVisible();
  await page.unroute("**/api/auth/**");
  await context.setOffline(true);
  await submit.click();
  await expect(submit).toBeEnabled();
  await expect(unavailable).toBeVisible();
  await expect(password).toHaveValue(PASSWORDS.viewer);

  await context.setOffline(false);
  await submit.click();
  await page.waitForURL("**/home");
  await context.close();
});

test("a form of a page that was loaded before an update of the service says so", async ({
  page,
}) => {
  const dialog = await openNewSite(page);
  await dialog.getByLabel(t("sites.fields.name")).fill(OTHER_SITE);
  // An update renames the actions of the server.
  await page.route("**/sites", (route) =>
    route.continue({ headers: { ...route.request().headers(), "next-action": "0".repeat(42) } }),
  );
  await dialog.getByRole("button", { name: t("sites.new.submit") }).click();
  await expect(dialog.getByRole("alert")).toHaveText(t("errors.codes.outdated"));
  await expect(dialog.getByLabel(t("sites.fields.name"))).toHaveValue(OTHER_SITE);
});

test("a language that cannot be stored leaves the page as it is, and says why", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await page.goto("/sites");
  await page.getByRole("button", { name: t("shell.account") }).click();
  const german = page.getByRole("menuitemradio", { name: "Deutsch" });
  await expect(german).toBeVisible();
  // The container of the message loads with the click, too.
  await expect(page.getByRole("region", { name: t("common.notifications") })).toBeAttached();
  await page.context().setOffline(true);
  await german.click();
  await expect(page.getByText(t("errors.codes.unreachable"))).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(t("sites.title"));
});

test("a search after the end of the session leads back to the searched list", async ({
  page,
  browser,
}) => {
  await signIn(page, t, "admin");
  const copy = await browser.newContext({ baseURL: BASE_URL });
  await copy.addCookies(await page.context().cookies());
  const list = await copy.newPage();
  await ignoreChanges(list);
  await list.goto("/devices");
  // The proxy of the panel sees only that there is a cookie; the page finds that it has no session.
  await copy.addCookies([{ name: "next-auth.session-token", value: "ended", url: BASE_URL }]);
  await list.getByRole("textbox", { name: t("devices.list.search") }).fill("CX600");
  await list.waitForURL(/\/sign-in/);
  expect(new URL(list.url()).searchParams.get("callbackUrl")).toBe("/devices?q=CX600");
  await copy.close();
});

test("a dialog that the role does not allow any more says so", async ({
  page,
  context,
  browser,
}) => {
  const dialog = await openNewSite(page);
  await dialog.getByLabel(t("sites.fields.name")).fill(OTHER_SITE);
  const other = await browser.newContext({ baseURL: BASE_URL });
  const viewer = await other.newPage();
  await signIn(viewer, t, "viewer");

  // As if an administrator had changed the role of the account.
  await context.clearCookies({ name: /session-token/ });
  await context.addCookies(await other.cookies());
  await dialog.getByRole("button", { name: t("sites.new.submit") }).click();
  await expect(dialog.getByRole("alert")).toHaveText(t("errors.codes.forbidden"));
  await other.close();
});

test("the phones of an unknown roll-out are explained, not an error", async ({ page }) => {
  await signIn(page, t, "viewer");
  for (const rollOut of ["bogus", "00000000-0000-0000-0000-000000000000"]) {
    await page.goto(`/devices?rollOut=${rollOut}`);
    await expect(contentOf(page).getByText(t("devices.unknownRollOut.title"))).toBeVisible();
  }
});

async function openNewSite(page: Page): Promise<Locator> {
  await signIn(page, t, "admin");
  await page.goto("/sites");
  await page.getByRole("button", { name: t("sites.actions.new") }).click();
  return page.getByRole("dialog");
}

/** Keeps the page from the changes of others: a refresh without a session leads to the sign-in. */
async function ignoreChanges(page: Page): Promise<void> {
  await page.route("**/api/live", (route) => route.abort());
}

/** What the stream of the server tells the page when a rule changes. */
function announceChange(page: Page): Promise<unknown> {
  return page.evaluate(() =>
    window.dispatchEvent(new CustomEvent("ucupdates:live", { detail: "rules" })),
  );
}
