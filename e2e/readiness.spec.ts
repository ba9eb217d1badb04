import { expect, test } from "playwright/test";
import { messagesOf } from "./support/messages.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

test("a readiness run reports what prevents updates, and how to correct it", async ({ page }) => {
  await signIn(page, t, "admin");
  await page.goto("/readiness");
  // No DNS server runs at 127.0.0.1:9, so that the findings do not depend on the network of this machine.
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
