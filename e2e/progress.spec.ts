import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { z } from "zod";
import { messagesOf } from "./support/messages.ts";
import type { Translate } from "./support/messages.ts";
import { connectFailingPhone, connectPhone, expectOffer } from "./support/phone.ts";
import { BASE_URL } from "./support/server.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");
const FACTORY_VERSION = "4.0.7577.4100";
/** A model without other phones. */
const MODEL = "CX3000";

const answer = z.object({
  modules: z.array(
    z.object({ files: z.array(z.object({ role: z.string(), internalUrl: z.url() })) }),
  ),
});

const rulesAnswer = z.object({
  rules: z.array(
    z.object({
      id: z.uuid(),
      model: z.string(),
      approvedVersion: z.string().nullable(),
      pendingVersion: z.string().nullable(),
    }),
  ),
});

/** The version that is offered to phones of the model: another spec approved it, or the set-up imported it. */
async function approvedVersion(page: Page): Promise<string> {
  const { rules } = rulesAnswer.parse(await (await page.request.get("/api/rules")).json());
  const rule = rules.find(({ model }) => model === MODEL);
  if (typeof rule?.pendingVersion === "string") {
    const approval = await page.request.post("/api/rules/review", {
      data: { action: "approve", rules: [{ ruleId: rule.id }] },
      headers: { origin: BASE_URL },
    });
    expect(approval.ok()).toBe(true);
  }
  return rule?.pendingVersion ?? rule?.approvedVersion ?? "";
}

test("a phone's page shows its progress, step by step as the phone proves it", async ({ page }) => {
  await signIn(page, t, "admin");
  const version = await approvedVersion(page);
  const macAddress = "0004F2000401";
  let image = "";
  // An approval reaches phones a moment after its response.
  await expect(async () => {
    image = await ask(page, macAddress, FACTORY_VERSION);
    expect(image).not.toBe("");
  }).toPass();
  await openPhone(page, macAddress);
  await expectState(page, "offered", ["offered"]);

  await page.request.get(image, { headers: { range: "bytes=0-999" } });
  await expectState(page, "downloading", ["offered", "started"]);

  await page.request.get(image, { headers: { range: "bytes=1000-" } });
  await expectState(page, "downloaded", ["offered", "started", "downloaded"]);

  await ask(page, macAddress, FACTORY_VERSION);
  await expectState(page, "fell_back", ["offered", "started", "downloaded", "booted_old"]);

  await ask(page, macAddress, version);
  const all = ["offered", "started", "downloaded", "booted_old", "running"] as const;
  await expectState(page, "running", all);
});

test("the list distinguishes phones with a failed update from those with a successful one", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  const version = await approvedVersion(page);
  const good = { macAddress: "0004F2000402", model: MODEL, version: FACTORY_VERSION };
  const bad = { macAddress: "0004F2000403", model: MODEL, version: FACTORY_VERSION };
  await expectOffer(good, version);
  expect(await connectPhone(good)).toMatchObject({ runs: version });
  expect(await connectFailingPhone(bad)).toMatchObject({ runs: FACTORY_VERSION });

  await expect(async () => {
    await page.goto("/devices?progress=fell_back");
    await expect(phoneRow(page, bad.macAddress)).toContainText(
      t("devices.list.progress.fell_back"),
      {
        timeout: 1_000,
      },
    );
  }).toPass();
  await expect(phoneRow(page, good.macAddress)).toHaveCount(0);

  await page.goto("/devices?progress=running");
  await expect(phoneRow(page, good.macAddress)).toContainText(t("devices.list.progress.running"));
  await expect(phoneRow(page, bad.macAddress)).toHaveCount(0);

  const { devices } = devicesAnswer.parse(await getJson(page, "/api/devices?progress=fell_back"));
  expect(devices).toEqual([
    {
      macAddress: bad.macAddress,
      progress: "fell_back",
      updates: [{ version, fromVersion: FACTORY_VERSION, state: "fell_back" }],
    },
  ]);
  expect((await page.request.get("/api/devices?progres=fell_back")).status()).toBe(400);
});

/** The fields of the REST response that matter here. */
const devicesAnswer = z.object({
  devices: z.array(
    z.object({
      macAddress: z.string(),
      progress: z.string(),
      updates: z.array(
        z.object({ version: z.string(), fromVersion: z.string(), state: z.string() }),
      ),
    }),
  ),
});

async function getJson(page: Page, path: string): Promise<unknown> {
  return (await page.request.get(path)).json();
}

/** Sends a check at power-on as a separate phone; returns the path of its image, or nothing if nothing is due. */
async function ask(page: Page, macAddress: string, version: string): Promise<string> {
  const response = await page.request.post(`${BASE_URL}/api/update/check`, {
    data: {
      schema: 1,
      device: {
        deviceType: "UCPhone",
        vendor: "POLYCOM",
        model: MODEL,
        revision: "A",
        locale: "ENU",
        macAddress,
      },
      trigger: "boot",
      modules: [{ updateType: "CPE", fileName: "CPE.nbt", version }],
    },
  });
  const { modules } = answer.parse(await response.json());
  const image = modules.flatMap(({ files }) => files).find(({ role }) => role === "image");
  return image === undefined ? "" : new URL(image.internalUrl).pathname;
}

function phoneRow(page: Page, macAddress: string) {
  const written = macAddress.replaceAll(/(..)(?=.)/g, "$1-");
  return page.getByRole("row").filter({ hasText: written });
}

async function openPhone(page: Page, macAddress: string): Promise<void> {
  await expect(async () => {
    await page.goto(`/devices?q=${macAddress}`);
    await page.getByRole("link", { name: MODEL }).click({ timeout: 1_000 });
  }).toPass();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(MODEL);
}

type State = Parameters<typeof stateWord>[1];
type Step = Parameters<typeof stepWord>[1];

function stateWord(
  translate: Translate,
  state: "offered" | "downloading" | "downloaded" | "running" | "fell_back",
): string {
  return translate(`devices.list.progress.${state}`);
}

function stepWord(
  translate: Translate,
  step: "offered" | "started" | "downloaded" | "booted_old" | "running",
): string {
  return translate(`devices.updates.steps.${step}`);
}

/** Progress is stored within seconds, so the page is reloaded until then. */
async function expectState(page: Page, state: State, steps: readonly Step[]): Promise<void> {
  const section = page.getByRole("region", { name: t("devices.updates.title") });
  await expect(async () => {
    await page.reload();
    await expect(section.getByText(stateWord(t, state), { exact: true })).toBeVisible({
      timeout: 1_000,
    });
    await expect(
      section
        .getByRole("list")
        .getByRole("listitem")
        .filter({ has: page.locator("time") }),
    ).toContainText(
      steps.map((step) => stepWord(t, step)),
      { timeout: 1_000 },
    );
  }).toPass();
}
