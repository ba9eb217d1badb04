import { expect, test } from "playwright/test";
import { messagesOf } from "./support/messages.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

// Nothing is saved: phones of other tests are answered in this dialect.
test("the preview of the dialect follows the fields, and a mistake is named at its field", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await page.goto("/settings/dialect");
  const status = page.getByLabel(t("dialect.fields.noUpdateStatus"));
  const template = page.getByLabel(t("dialect.fields.noUpdateTemplate"));
  const save = page.getByRole("button", { name: t("dialect.save"), exact: true });
  await expect(page.getByText("HTTP 200").first()).toBeVisible();

  await status.fill("202");
  await expect(page.getByText("HTTP 202")).toBeVisible();
  await expect(save).toBeEnabled();

  await template.fill("<Answer>");
  await expect(page.getByText(t("dialect.problems.not_well_formed"))).toBeVisible();
  await expect(page.getByText(t("dialect.preview.invalid"))).toBeVisible();
  await expect(save).toBeDisabled();

  await template.fill("<Answer>{other}</Answer>");
  await expect(
    page.getByText(t("dialect.problems.unknown_placeholder", { subject: "{other}" })),
  ).toBeVisible();

  await template.fill("<Answer>{downloads}</Answer>");
  await expect(page.getByText("<Answer>0</Answer>")).toBeVisible();
  await expect(save).toBeEnabled();
});
