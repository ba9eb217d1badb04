import { Download } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader, createSerializer } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { ChecksTable } from "#components/checks/checks-table";
import { UnknownPool } from "#components/pools/unknown-pool";
import { RefusalsNotice } from "#components/devices/arrivals-notice";
import { ButtonLink } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#lib/auth/server/panel-context";
import { EXPORT_FORMATS } from "#lib/check-audit/export-lines";
import { MOST_COUNTED } from "#lib/check-audit/model";
import { checkFilterParams, checkSearchParams } from "#lib/check-audit/search-params";
import { listChecks } from "#lib/check-audit/server/list-checks";
import { findArrivals } from "#lib/devices/server/find-arrivals";
import { listDeviceFacets } from "#lib/devices/server/list-devices";
import { findUnknownPool } from "#lib/pools/server/known-pools";

const loadSearch = createLoader(checkSearchParams);
const toQuery = createSerializer(checkFilterParams);

type ChecksPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("checks");
  return { title: t("title") };
}

export default async function ChecksPage({ searchParams }: ChecksPageProps) {
  const context = await pageContext();
  const t = await getTranslations("checks");
  const search = await loadSearch(searchParams);
  const unknownPool = await findUnknownPool(context, search.pool);
  if (unknownPool !== null) {
    return (
      <div className="space-y-5">
        <PageHeader title={t("title")} description={t("description")} />
        <UnknownPool fqdn={unknownPool} href="/checks" />
      </div>
    );
  }
  const { checks, total, page } = await listChecks(context, search);
  const { models, pools } = await listDeviceFacets(context);
  const arrivals = await findArrivals(context);
  return (
    <div className="space-y-5">
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={EXPORT_FORMATS.map((format) => (
          <ButtonLink
            key={format}
            href={toQuery(`/api/checks?format=${format}`, search)}
            prefetch={false}
          >
            <Download aria-hidden />
            {t(`export.${format}`)}
          </ButtonLink>
        ))}
      />
      <RefusalsNotice arrivals={arrivals} />
      {total >= MOST_COUNTED && <Callout>{t("manyMatch", { count: MOST_COUNTED })}</Callout>}
      <ChecksTable checks={checks} total={total} page={page} models={models} pools={pools} />
    </div>
  );
}
