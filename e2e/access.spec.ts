import { expect, test } from "playwright/test";
import { z } from "zod";
import { messagesOf } from "./support/messages.ts";
import { BASE_URL, EXTERNAL_URL, PASSWORDS } from "./support/server.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

const CHECK = {
  schema: 1,
  device: {
    deviceType: "UCPhone",
    vendor: "POLYCOM",
    model: "CX600",
    revision: "A",
    locale: "ENU",
    macAddress: "0004F2000301",
  },
  modules: [{ updateType: "CPE", fileName: "CPE.nbt", version: "1.0.0.0" }],
};

function basic(name: string, password: string): { readonly authorization: string } {
  return { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString("base64")}` };
}

test("the external listener does not serve the panel", async ({ request }) => {
  for (const path of ["/", "/sign-in", "/updates/pending", "/api/auth/session", "/api/rules"]) {
    const response = await request.get(`${EXTERNAL_URL}${path}`, { maxRedirects: 0 });
    expect(response.status(), path).toBeGreaterThanOrEqual(400);
    expect(await response.text(), path).not.toContain("<html");
  }
});

test("the external listener answers a phone without valid credentials with a challenge", async ({
  request,
}) => {
  const url = `${EXTERNAL_URL}/api/update/external/check`;
  for (const headers of [{}, basic("admin", "not the password")]) {
    const response = await request.post(url, { data: CHECK, headers });
    expect(response.status()).toBe(401);
    expect(response.headers()["www-authenticate"]).toMatch(/^Basic /);
  }
});

test("the external listener answers a phone with valid credentials as inside", async ({
  request,
}) => {
  const inside = await request.post(`${BASE_URL}/api/update/check`, { data: CHECK });
  const outside = await request.post(`${EXTERNAL_URL}/api/update/external/check`, {
    data: CHECK,
    headers: basic("admin", PASSWORDS.admin),
  });
  expect(inside.status()).toBe(200);
  expect(await outside.json()).toEqual(await inside.json());
});

test("the external listener does not serve internal paths", async ({ request }) => {
  const response = await request.post(`${EXTERNAL_URL}/api/update/check`, {
    data: CHECK,
    headers: basic("admin", PASSWORDS.admin),
  });
  expect(response.status()).toBe(404);
});

test("the panel redirects to the sign-in page without a session, and back after the sign-in", async ({
  page,
}) => {
  await page.goto("/audit");
  await expect(page).toHaveURL(/\/sign-in\?/);
  await page.getByLabel(t("signIn.name"), { exact: true }).fill("admin");
  await page.getByLabel(t("signIn.password"), { exact: true }).fill(PASSWORDS.admin);
  await page.getByRole("button", { name: t("signIn.submit") }).click();
  await expect(page).toHaveURL(/\/audit$/);
});

test("pages have a content security policy with a unique nonce and without inline scripts", async ({
  request,
}) => {
  const policies = await Promise.all(
    [1, 2].map(async () => {
      const response = await request.get("/sign-in");
      return response.headers()["content-security-policy"] ?? "";
    }),
  );
  const nonces = policies.map((policy) => /script-src [^;]*'nonce-([^']+)'/.exec(policy)?.[1]);
  expect(nonces[0]).toBeTruthy();
  expect(nonces[0]).not.toBe(nonces[1]);
  const scripts = /script-src ([^;]*)/.exec(policies[0] ?? "")?.[1] ?? "";
  expect(scripts).not.toContain("'unsafe-inline'");
});

test("another site cannot use a session to change anything", async ({ page }) => {
  await signIn(page, t, "admin");
  const response = await page.request.post("/api/rules/review", {
    data: { action: "approve", rules: [{ ruleId: "00000000-0000-4000-8000-000000000000" }] },
    headers: { origin: "https://evil.example" },
  });
  expect(response.status()).toBe(403);
});

test("a viewer sees updates, phones, test devices, pools and the audit, without import and approval", async ({
  page,
}) => {
  await signIn(page, t, "viewer");
  for (const path of ["/updates/all", "/devices", "/test-devices", "/pools", "/audit"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }
  await page.goto("/updates/all");
  await expect(page.getByRole("rowheader").first()).toBeVisible();
  for (const name of [t("imports.dialog.open"), t("updates.actions.approve")]) {
    await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
  }
});

test("the server refuses actions that a viewer may not perform", async ({ page }) => {
  await signIn(page, t, "viewer");
  const rules = await page.request.get("/api/rules");
  const { rules: found } = z
    .object({ rules: z.array(z.object({ id: z.uuid() })) })
    .parse(await rules.json());
  const response = await page.request.post("/api/rules/review", {
    data: { action: "approve", rules: found.map(({ id }) => ({ ruleId: id })) },
    headers: { origin: BASE_URL },
  });
  expect(response.status()).toBe(403);
});

test("the sign-in is throttled after repeated failures, and says for how long", async ({
  page,
}) => {
  await page.goto("/sign-in");
  await page.getByLabel(t("signIn.name"), { exact: true }).fill("no-such-account");
  const alert = page.getByRole("alert").filter({ hasText: /\S/ }).first();
  const isThrottled = /Too many attempts. Try again in [1-9]/;
  let told = "";
  // Five are free. The wait after the next ones is longer each time, and a slow browser misses the first ones.
  for (let attempt = 0; attempt < 9 && !isThrottled.test(told); attempt += 1) {
    await page.getByLabel(t("signIn.password"), { exact: true }).fill(`guess ${attempt}`);
    await page.getByRole("button", { name: t("signIn.submit") }).click();
    told = await alert.innerText();
  }
  expect(told).toMatch(isThrottled);
});
