import { expect, test } from "playwright/test";
import { Webhook } from "standardwebhooks";
import { startReceiver } from "#access/notifications/testing/receiver";
import { expectNoViolationInAnyTheme } from "./support/accessibility.ts";
import { contentOf } from "./support/content.ts";
import { messagesOf } from "./support/messages.ts";
import { BASE_URL } from "./support/server.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

test("a webhook is created, its signed test message arrives and is logged, and it is removed", async ({
  page,
}) => {
  const receiver = await startReceiver();
  try {
    await signIn(page, t, "admin");
    await page.goto("/settings/notifications");
    await page.getByRole("button", { name: t("notifications.webhooks.new") }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel(t("notifications.webhooks.name")).fill("chat");
    await dialog.getByLabel(t("notifications.webhooks.url"), { exact: true }).fill(receiver.url);
    await dialog.getByRole("button", { name: t("notifications.webhooks.create") }).click();
    const secret = await dialog.getByText(/^whsec_/).innerText();
    await dialog.getByRole("button", { name: t("tokens.secret.done") }).click();

    await page
      .getByRole("button", { name: t("notifications.webhooks.menu", { name: "chat" }) })
      .click();
    await page.getByRole("menuitem", { name: t("notifications.webhooks.test") }).click();
    await expect(page.getByText(t("notifications.webhooks.tested", { status: 204 }))).toBeVisible();
    // Other tests approve and restore at the same time.
    const received = receiver.received.map(({ headers, body }) =>
      new Webhook(secret).verify(body, headers),
    );
    expect(received).toContainEqual(expect.objectContaining({ type: "test" }));
    await expect(
      page.getByRole("row").filter({ hasText: t("notifications.log.test") }),
    ).toContainText([t("notifications.log.states.delivered")]);
    await expectNoViolationInAnyTheme(page);

    await page
      .getByRole("button", { name: t("notifications.webhooks.menu", { name: "chat" }) })
      .click();
    await page.getByRole("menuitem", { name: t("notifications.webhooks.remove") }).click();
    await page
      .getByRole("alertdialog")
      .getByRole("button", { name: t("notifications.webhooks.remove") })
      .click();
    await expect(contentOf(page).getByText(t("notifications.webhooks.empty"))).toBeVisible();
  } finally {
    await receiver.stop();
  }
});

test("a webhook is changed by REST, field by field, and only by those who may change settings", async ({
  page,
}) => {
  const receiver = await startReceiver();
  try {
    await signIn(page, t, "admin");
    const api = page.request;
    const headers = { origin: BASE_URL };
    const data = { name: "wall", url: receiver.url, kinds: ["approval"] };
    const created = await api.post("/api/webhooks", { headers, data });
    expect(created.ok()).toBe(true);
    const webhook = async () => {
      const { webhooks } = (await (await api.get("/api/webhooks")).json()) as {
        webhooks: readonly { id: string; name: string }[];
      };
      return webhooks.find(({ name }) => name.startsWith("wall"));
    };
    const path = `/api/webhooks/${(await webhook())?.id ?? ""}`;

    const changed = await api.patch(path, { headers, data: { name: "wall 2", isEnabled: false } });
    expect(changed.status()).toBe(204);
    expect(await webhook()).toMatchObject({ ...data, name: "wall 2", isEnabled: false });

    const { secret } = (await created.json()) as { secret: string };
    const rotated = (await (await api.post(`${path}/secret`, { headers })).json()) as object;
    expect(rotated).toEqual({ secret: expect.stringMatching(/^whsec_/) as unknown });
    expect(rotated).not.toEqual({ secret });

    for (const wrong of [{ name: "" }, { url: "ftp://127.0.0.1" }, { color: "red" }]) {
      expect((await api.patch(path, { headers, data: wrong })).status()).toBe(400);
    }
    expect((await api.patch("/api/webhooks/nothing", { headers, data: {} })).status()).toBe(404);
    expect(await webhook()).toMatchObject({ name: "wall 2", url: receiver.url });
    expect((await api.delete(path, { headers })).status()).toBe(204);
    expect(await webhook()).toBeUndefined();

    await page.context().clearCookies();
    await signIn(page, t, "viewer");
    expect((await api.patch(path, { headers, data: { name: "wall" } })).status()).toBe(403);
  } finally {
    await receiver.stop();
  }
});

test("a viewer chooses an address, a language and what to be told, and sees no state of servers", async ({
  page,
}) => {
  await signIn(page, t, "viewer");
  await page.goto("/account/notifications");
  await expect(contentOf(page).getByLabel(t("notices.kinds.disk_low"))).toHaveCount(0);

  await contentOf(page).getByLabel(t("notifications.own.email")).fill("viewer@contoso.com");
  await contentOf(page).getByLabel(t("notifications.own.locale")).selectOption("fr");
  await contentOf(page).getByLabel(t("notices.kinds.approval")).selectOption("hourly");
  await page.getByRole("button", { name: t("notifications.own.save") }).click();
  await expect(page.getByText(t("notifications.own.saved"))).toBeVisible();

  await page.reload();
  await expect(contentOf(page).getByLabel(t("notifications.own.email"))).toHaveValue(
    "viewer@contoso.com",
  );
  await expect(contentOf(page).getByLabel(t("notices.kinds.approval"))).toHaveValue("hourly");
});
