import { expect, test } from "playwright/test";
import { expectNoViolationInAnyTheme } from "./support/accessibility.ts";
import { contentOf } from "./support/content.ts";
import { messagesOf } from "./support/messages.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

// Nothing is saved: phones of other tests are answered in this dialect.
test("a form whose schema cannot be loaded says so, keeps what is typed, and loads it when asked", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await page.goto("/settings/dialect", { waitUntil: "networkidle" });
  const status = contentOf(page).getByLabel(t("dialect.fields.noUpdateStatus"));
  const save = page.getByRole("button", { name: t("dialect.save"), exact: true });
  const problem = page.getByRole("alert").filter({ hasText: t("dialect.notLoaded.title") });
  const retry = problem.getByRole("button", { name: t("common.retry") });

  // Everything else is loaded: what the page still asks for is the schema.
  await page.route("**/_next/static/chunks/*.js", (route) => route.abort());
  await status.fill("99");
  await expect(problem).toBeVisible();
  await expectNoViolationInAnyTheme(page);
  await save.click();
  await expect(retry).toBeEnabled();
  await retry.click();
  await expect(retry).toBeEnabled();
  await expect(page.getByText(t("dialect.saved"))).toBeHidden();

  await page.unroute("**/_next/static/chunks/*.js");
  await retry.click();
  await expect(problem).toBeHidden();
  await expect(status).toHaveValue("99");
  await expect(contentOf(page).getByText(t("dialect.preview.invalid"))).toBeVisible();
  await expect(save).toBeDisabled();
});

test("the preview of the dialect follows the fields, and a mistake is named at its field", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await page.goto("/settings/dialect");
  const status = contentOf(page).getByLabel(t("dialect.fields.noUpdateStatus"));
  const template = contentOf(page).getByLabel(t("dialect.fields.noUpdateTemplate"));
  const save = page.getByRole("button", { name: t("dialect.save"), exact: true });
  await expect(contentOf(page).getByText("HTTP 200").first()).toBeVisible();

  await status.fill("202");
  await expect(contentOf(page).getByText("HTTP 202")).toBeVisible();
  await expect(save).toBeEnabled();

  await template.fill("<Answer>");
  await expect(contentOf(page).getByText(t("dialect.problems.not_well_formed"))).toBeVisible();
  await expect(contentOf(page).getByText(t("dialect.preview.invalid"))).toBeVisible();
  await expect(save).toBeDisabled();

  await template.fill("<Answer>{other}</Answer>");
  await expect(
    contentOf(page).getByText(t("dialect.problems.unknown_placeholder", { subject: "{other}" })),
  ).toBeVisible();

  await template.fill("<Answer>{downloads}</Answer>");
  await expect(contentOf(page).getByText("<Answer>0</Answer>")).toBeVisible();
  await expect(save).toBeEnabled();
});
