import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Callout } from "#components/ui/callout";
import { PageHeader } from "#components/ui/page-header";
import { verifyAudit } from "#lib/audit/server/verify-audit";
import { pageContext } from "#lib/auth/server/panel-context";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("verify.title") };
}

/** The result of walking the whole trail, at the moment the page was asked for. */
export default async function VerifyAuditPage() {
  const result = await verifyAudit(await pageContext());
  const t = await getTranslations("audit");
  const { entries } = result;
  return (
    <div className="space-y-5">
      <PageHeader
        crumbs={[{ label: t("crumb"), href: "/audit" }, { label: t("verify.title") }]}
        title={t("verify.title")}
        description={t("verify.description")}
      />
      {result.outcome === "intact" ? (
        <Callout tone="good" role="status" title={t("verify.intact.title")}>
          {t("verify.intact.description", { entries })}
        </Callout>
      ) : (
        <Callout
          tone="bad"
          role="alert"
          title={t("verify.broken.title", { id: result.firstBrokenId })}
        >
          {t("verify.broken.description", { entries })}
        </Callout>
      )}
    </div>
  );
}
