import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { ChecksTable } from "#components/check-log/checks-table";
import { UnknownPool } from "#components/pools/unknown-pool";
import { RefusalsNotice } from "#components/devices/arrivals-notice";
import { Callout } from "#components/ui/callout";
import { streamed } from "#components/shell/streamed";
import { LiveRefresh } from "#components/shell/live-refresh";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { MAX_COUNTED_CHECKS, checkSearchParams } from "#phones/check-log/search-params";
import { listChecks } from "#phones/check-log/server/list-checks";
import { findArrivals } from "#fleet/devices/server/find-arrivals";
import { listDeviceFacets } from "#fleet/devices/server/list-device-facets";
import { findUnknownPool } from "#fleet/pools/server/known-pools";

const loadSearch = createLoader(checkSearchParams);

type ChecksPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("checks");
  return { title: t("title") };
}

async function ChecksPage({ searchParams }: ChecksPageProps) {
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
      <LiveRefresh topics={["checks"]} loadedAt={context.now} />
      <PageHeader title={t("title")} description={t("description")} />
      <RefusalsNotice arrivals={arrivals} />
      {total >= MAX_COUNTED_CHECKS && (
        <Callout>{t("manyMatch", { count: MAX_COUNTED_CHECKS })}</Callout>
      )}
      <ChecksTable
        checks={checks}
        total={total}
        page={page}
        loadedAt={context.now}
        models={models}
        pools={pools}
      />
    </div>
  );
}

export default streamed(ChecksPage, [
  "checks",
  "devices.dialects",
  "devices.sides",
  "devices.triggers",
]);
