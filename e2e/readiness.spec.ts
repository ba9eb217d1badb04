import { expect, test } from "@playwright/test";
import { messagesOf } from "./support/messages.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

test("a look around says what keeps phones from their updates, and how to mend it", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await page.goto("/readiness");
  // Nobody answers names here, so that what is found does not depend on the network of this machine.
  await page.getByRole("button", { name: t("readiness.settings.edit") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("readiness.settings.dhcpDomains")).fill("e2e.contoso.com");
  await dialog.getByLabel(t("readiness.settings.dnsServer")).fill("127.0.0.1:9");
  await dialog.getByRole("button", { name: t("readiness.settings.submit") }).click();
  await expect(dialog).toHaveCount(0);

  await page.getByRole("button", { name: t("readiness.run") }).click();
  const domain = page.getByRole("region", {
    name: t("readiness.domain", { domain: "e2e.contoso.com" }),
  });
  await expect(domain).toContainText("ucupdates-r2.e2e.contoso.com", { timeout: 60_000 });
  await expect(domain).toContainText(t("readiness.findings.dns_unanswered.mend"));
});
