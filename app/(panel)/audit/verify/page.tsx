import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { streamed } from "#components/shell/streamed";
import { Callout } from "#components/ui/callout";
import { Code } from "#components/ui/code";
import { PageHeader } from "#components/ui/page-header";
import { ACCEPT_AUDIT_END_COMMAND } from "#foundation/audit/model";
import type { AuditVerification } from "#foundation/audit/server/verify-audit";
import { verifyAudit } from "#foundation/audit/server/verify-audit";
import { pageContext } from "#access/auth/server/panel-context";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("verify.title") };
}

/** The result of walking the whole trail, at the moment the page was asked for. */
async function VerifyAuditPage() {
  const result = await verifyAudit(await pageContext());
  const t = await getTranslations("audit");
  return (
    <div className="space-y-5">
      <PageHeader
        crumbs={[{ label: t("crumb"), href: "/audit" }, { label: t("verify.title") }]}
        title={t("verify.title")}
        description={t("verify.description")}
      />
      <VerificationCallout result={result} />
    </div>
  );
}

type VerificationCalloutProps = { readonly result: AuditVerification };

async function VerificationCallout({ result }: VerificationCalloutProps) {
  const t = await getTranslations("audit.verify");
  const { entries } = result;
  switch (result.outcome) {
    case "intact":
      return (
        <Callout tone="good" role="status" title={t("intact.title")}>
          {t("intact.description", { entries })}
        </Callout>
      );
    case "broken":
      return (
        <Callout tone="bad" role="alert" title={t("broken.title", { id: result.firstBrokenId })}>
          {t("broken.description", { entries })}
        </Callout>
      );
    case "cut_off": {
      const { lastId: id, entries: anchored } = result.anchor;
      return (
        <Callout tone="bad" role="alert" title={t("cutOff.title")}>
          <p>{t("cutOff.description", { entries, id, anchored })}</p>
          <AcceptCommand />
        </Callout>
      );
    }
    case "anchor_lost":
      return (
        <Callout tone="bad" role="alert" title={t("anchorLost.title")}>
          <p>{t("anchorLost.description", { entries })}</p>
          <AcceptCommand />
        </Callout>
      );
  }
}

/** On a line of its own, so that it can be copied as it is. */
function AcceptCommand() {
  return (
    <p className="mt-1">
      <Code isBreaking>npx {ACCEPT_AUDIT_END_COMMAND}</Code>
    </p>
  );
}

export default streamed(VerifyAuditPage);
