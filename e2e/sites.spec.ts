import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { z } from "zod";
import { askInJson } from "./support/json-phone.ts";
import { messagesOf } from "./support/messages.ts";
import { BASE_URL } from "./support/server.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

const MAC_ADDRESS = "0004F2000811";
const SITE = "Berlin e2e";
/** All phones of this test are on this machine. */
const NETWORKS = ["127.0.0.0/8", "::1/128"] as const;

const sitesAnswer = z.object({ sites: z.array(z.object({ id: z.uuid(), name: z.string() })) });

test("a site with the network of a phone has the phone, until it is removed", async ({ page }) => {
  expect((await askInJson({ macAddress: MAC_ADDRESS, model: "CX708" })).status).toBe(200);
  await signIn(page, t, "admin");
  await page.goto("/sites");
  await page.getByRole("button", { name: t("sites.actions.new") }).click();
  const naming = page.getByRole("dialog");
  await naming.getByLabel(t("sites.fields.name")).fill(SITE);
  await naming.getByRole("button", { name: t("sites.new.submit") }).click();
  await expect(page.getByText(t("sites.created"))).toBeVisible();

  await chooseInMenu(page, t("sites.actions.addNetworks"));
  const list = page.getByLabel(t("sites.import.networks"), { exact: true });
  const wrong = "10.4.0.1/16;Rome e2e";
  await list.fill(wrong);
  await page.getByRole("button", { name: t("sites.import.preview") }).click();
  await expect(page.getByRole("dialog").getByText(wrong)).toBeVisible();
  await page.getByRole("button", { name: t("sites.import.back") }).click();
  await expect(list).toHaveValue(wrong);
  await list.fill(NETWORKS.join("\n"));
  await page.getByRole("button", { name: t("sites.import.preview") }).click();
  const preview = page.getByRole("table", { name: t("sites.import.previewTitle") });
  await expect(preview.getByRole("columnheader", { name: t("sites.import.phones") })).toBeVisible();
  await page.getByRole("button", { name: t("sites.import.submit", { count: 2 }) }).click();
  await expect(page.getByText(t("sites.import.done", { count: 2 }))).toBeVisible();

  await expectSite(page, SITE);
  await page.goto("/devices");
  // The filter is before the table, whose head has a button of the same name.
  const filters = page.getByRole("button", { name: t("devices.list.columns.site"), exact: true });
  await filters.first().click();
  await page.getByRole("option", { name: SITE }).click();
  await expect(page).toHaveURL(/[?&]site=Berlin(\+|%20)e2e/);
  await page.goto(`/devices?site=${encodeURIComponent(SITE.toUpperCase())}&q=${MAC_ADDRESS}`);
  await expect(rows(page)).toHaveCount(1);

  await page.goto("/sites");
  await chooseInMenu(page, t("sites.actions.remove"));
  const removing = page.getByRole("alertdialog", { name: t("sites.remove.title", { site: SITE }) });
  await removing.getByRole("button", { name: t("sites.actions.remove") }).click();
  await expect(page.getByText(t("sites.removed"))).toBeVisible();
  await expectSite(page, "Default");
});

test("scripts read and change sites with the rights and the refusals of the panel", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  const set = { networks: [{ network: "198.51.100.0/24", site: "Rome e2e" }] };
  expect(await call(page, "POST /api/sites/networks", { ...set, whatIf: true })).toEqual({
    status: 200,
    body: {
      networks: [
        {
          ...{ network: "198.51.100.0/24", site: "Rome e2e", change: "added" },
          ...{ fromSite: null, within: null, phones: 0 },
        },
      ],
      newSites: ["Rome e2e"],
    },
  });
  expect(await call(page, "POST /api/sites/networks", set)).toEqual({
    status: 200,
    body: { added: 1, moved: 0, unchanged: 0 },
  });
  expect(await call(page, "POST /api/sites/networks", set)).toMatchObject({
    body: { added: 0, moved: 0, unchanged: 1 },
  });

  const created = await page.request.post("/api/sites", {
    data: { name: "Oslo e2e" },
    headers: { origin: BASE_URL },
  });
  expect(created.status()).toBe(201);
  const oslo = created.headers().location ?? "";
  expect(await call(page, "POST /api/sites", { name: "rome E2E" })).toMatchObject({
    status: 409,
  });
  expect(await call(page, `PATCH ${oslo}`, { name: "Bergen e2e" })).toMatchObject({ status: 204 });
  expect(await call(page, `GET ${oslo}`)).toMatchObject({
    status: 200,
    body: { name: "Bergen e2e", networks: [], phones: 0, pools: [] },
  });
  const wrong = { networks: [{ network: "198.51.100.1/24", site: "Rome e2e" }] };
  expect(await call(page, "POST /api/sites/networks", wrong)).toMatchObject({
    status: 400,
    body: { errors: [{ path: "body.networks.0.network" }] },
  });

  await page.context().clearCookies();
  await signIn(page, t, "viewer");
  expect(await call(page, "GET /api/sites")).toMatchObject({ status: 200 });
  expect(await call(page, "POST /api/sites/networks", set)).toMatchObject({ status: 403 });
  expect(await call(page, `DELETE ${oslo}`)).toMatchObject({ status: 403 });

  await page.context().clearCookies();
  await signIn(page, t, "admin");
  const networks = { networks: ["198.51.100.0/24"] };
  expect(await call(page, "POST /api/sites/networks/remove", networks)).toMatchObject({
    body: { removed: 1 },
  });
  expect(await call(page, "POST /api/sites/networks/remove", networks)).toMatchObject({
    status: 404,
  });
  const { body } = await call(page, "GET /api/sites");
  const rome = sitesAnswer.parse(body).sites.find(({ name }) => name === "Rome e2e");
  for (const site of [oslo, `/api/sites/${rome?.id ?? ""}`]) {
    expect(await call(page, `DELETE ${site}`)).toMatchObject({ status: 204 });
    expect(await call(page, `DELETE ${site}`)).toMatchObject({ status: 404 });
  }
  expect(await call(page, "GET /api/sites/oslo")).toMatchObject({ status: 404 });
});

async function chooseInMenu(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: t("sites.actions.menu", { site: SITE }) }).click();
  await page.getByRole("menuitem", { name }).click();
}

/** The worker matches phones with networks some seconds after a change. */
async function expectSite(page: Page, site: string): Promise<void> {
  await expect(async () => {
    await page.goto(`/devices?q=${MAC_ADDRESS}`);
    await expect(rows(page).filter({ hasText: site })).toHaveCount(1, { timeout: 10_000 });
  }).toPass();
}

function rows(page: Page) {
  return page
    .getByRole("table")
    .first()
    .getByRole("row")
    .filter({ has: page.getByRole("cell") });
}

/** Sends a request such as `GET /api/sites` with the session of the page. */
async function call(page: Page, request: string, data?: unknown) {
  const [method = "", path = ""] = request.split(" ");
  const response = await page.request.fetch(path, {
    method,
    headers: { origin: BASE_URL },
    ...(data === undefined ? {} : { data }),
  });
  const text = await response.text();
  const body: unknown = text === "" ? null : JSON.parse(text);
  return { status: response.status(), body };
}
