import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { ArrivalsNotice } from "#components/devices/arrivals-notice";
import { DevicesTable } from "#components/devices/devices-table";
import { UnknownPool } from "#components/pools/unknown-pool";
import { streamed } from "#components/shell/streamed";
import { Callout } from "#components/ui/callout";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { MAX_COUNTED_DEVICES, deviceSearchParams } from "#fleet/devices/search-params";
import { findArrivals } from "#fleet/devices/server/find-arrivals";
import { listDeviceFacets } from "#fleet/devices/server/list-device-facets";
import { listDevices } from "#phones/inventory/server/list-devices";
import { findUnknownPool } from "#fleet/pools/server/known-pools";

const loadSearch = createLoader(deviceSearchParams);

type DevicesPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("devices");
  return { title: t("title") };
}

async function DevicesPage({ searchParams }: DevicesPageProps) {
  const context = await pageContext();
  const t = await getTranslations("devices");
  const search = await loadSearch(searchParams);
  const unknownPool = await findUnknownPool(context, search.pool);
  if (unknownPool !== null) {
    return (
      <div className="space-y-5">
        <PageHeader title={t("title")} description={t("description")} />
        <UnknownPool fqdn={unknownPool} href="/devices" />
      </div>
    );
  }
  const { devices, total, page } = await listDevices(context, search, {
    mostCounted: MAX_COUNTED_DEVICES,
  });
  const { models, pools } = await listDeviceFacets(context);
  const arrivals = await findArrivals(context);
  return (
    <div className="space-y-5">
      <PageHeader title={t("title")} description={t("description")} />
      <ArrivalsNotice arrivals={arrivals} />
      {total >= MAX_COUNTED_DEVICES && (
        <Callout>{t("manyMatch", { count: MAX_COUNTED_DEVICES })}</Callout>
      )}
      <DevicesTable devices={devices} total={total} page={page} models={models} pools={pools} />
    </div>
  );
}

export default streamed(DevicesPage);
