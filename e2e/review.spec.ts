import { expect, test } from "playwright/test";
import { messagesOf } from "./support/messages.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

test("the review dialog asks again for its preview after the sign-in in a new tab", async ({
  page,
  context,
}) => {
  await signIn(page, t, "admin");
  await page.goto("/updates/all");
  await page.getByRole("row").last().getByRole("button").click();
  const remove = page.getByRole("menuitem", { name: t("updates.actions.remove") });
  await expect(remove).toBeVisible();
  // Not before: a live refresh of the page would lead to the sign-in, and it waits while the menu is open.
  const session = await context.cookies();
  await context.clearCookies({ name: /session-token/ });
  await remove.click();
  const refused = page.getByRole("alertdialog").getByRole("alert");
  await expect(refused.getByRole("link")).toBeVisible();

  await context.addCookies(session);
  await refused.getByRole("button", { name: t("common.retry") }).click();
  const changes = page.getByRole("list", { name: t("updates.review.changes") });
  await expect(changes.getByRole("listitem")).toHaveCount(1);
});
