import { Icon } from "#components/ui/icon";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { AuditTable } from "#components/audit/audit-table";
import { ButtonLink } from "#components/ui/button-link";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { auditSearchParams } from "#foundation/audit/search-params";
import { listAuditEntries } from "#foundation/audit/server/list-audit-entries";
import { pageContext } from "#access/auth/server/panel-context";

const loadSearch = createLoader(auditSearchParams);

type AuditPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("audit");
  return { title: t("title") };
}

async function AuditPage({ searchParams }: AuditPageProps) {
  const context = await pageContext();
  const t = await getTranslations("audit");
  const { entries, total, page } = await listAuditEntries(context, await loadSearch(searchParams));
  return (
    <div className="space-y-5">
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          // No prefetch: the page reads the whole audit trail.
          <ButtonLink href="/audit/verify" prefetch={false}>
            <Icon name="shield-check" />
            {t("verify.action")}
          </ButtonLink>
        }
      />
      <AuditTable entries={entries} total={total} page={page} />
    </div>
  );
}

export default streamed(AuditPage, ["audit"]);
