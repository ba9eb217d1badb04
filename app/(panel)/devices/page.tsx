import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { UnknownFilter } from "#components/data-table/unknown-filter";
import { ArrivalsNotice } from "#components/devices/arrivals-notice";
import { toDeviceRow } from "#components/devices/device-row";
import { DevicesTable } from "#components/devices/devices-table";
import { JobsNotice } from "#components/phone-jobs/jobs-notice";
import { UnknownPool } from "#components/pools/unknown-pool";
import { UnknownSite } from "#components/sites/unknown-site";
import { streamed } from "#components/shell/streamed";
import { ButtonLink } from "#components/ui/button-link";
import { Callout } from "#components/ui/callout";
import { LiveRefresh } from "#components/shell/live-refresh";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import type { RolledOutVersion } from "#fleet/devices/roll-out-state";
import type { DeviceSearch } from "#fleet/devices/search-params";
import { MAX_COUNTED_DEVICES, deviceSearchParams } from "#fleet/devices/search-params";
import { findRolledOut } from "#fleet/devices/server/roll-out-phones";
import { findArrivals } from "#fleet/devices/server/find-arrivals";
import { listDeviceFacets } from "#fleet/devices/server/list-device-facets";
import { listDevices } from "#phones/inventory/server/list-devices";
import { findUnknownPool } from "#fleet/pools/server/known-pools";
import { findUnknownSite } from "#fleet/sites/server/known-sites";
import { may } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { listPhoneJobs } from "#phones/phone-jobs/server/list-phone-jobs";
import {
  cancelPhoneJobAction,
  makeTestDevicesAction,
  previewMatchingAction,
  retirePhonesAction,
  startPhoneJobAction,
} from "./actions";

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
  const rolledOut = await findRolledOut(context, search.rollOut);
  const unknown = await findUnknown(context, search, rolledOut);
  if (unknown !== null) {
    return (
      <div className="space-y-5">
        <PageHeader title={t("title")} description={t("description")} />
        {unknown}
      </div>
    );
  }
  const { devices, total, page } = await listDevices(context, search, {
    mostCounted: MAX_COUNTED_DEVICES,
  });
  const { models, pools, sites } = await listDeviceFacets(context);
  const arrivals = await findArrivals(context);
  const tDoubtful = await getTranslations("doubtful");
  return (
    <div className="space-y-5">
      {/* Without a check, phones become silent. */}
      <LiveRefresh topics={["checks", "statistics"]} loadedAt={context.now} />
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={<ButtonLink href="/devices/conflicts">{tDoubtful("link")}</ButtonLink>}
      />
      <ArrivalsNotice arrivals={arrivals} />
      <JobsNotice
        jobs={await listPhoneJobs(context)}
        cancel={may(context.actor, "device:write") ? cancelPhoneJobAction : null}
      />
      {total >= MAX_COUNTED_DEVICES && (
        <Callout>{t("list.manyMatch", { count: MAX_COUNTED_DEVICES })}</Callout>
      )}
      <DevicesTable
        devices={devices.map(toDeviceRow)}
        total={total}
        page={page}
        loadedAt={context.now}
        models={models}
        pools={pools}
        sites={sites}
        rollOutName={rolledOut && `${rolledOut.hardware.model} ${rolledOut.version}`}
        actions={{
          retire: may(context.actor, "device:write")
            ? { phones: retirePhonesAction, matching: startPhoneJobAction }
            : null,
          makeTestDevices: may(context.actor, "test_device:write") ? makeTestDevicesAction : null,
          preview: previewMatchingAction,
        }}
      />
    </div>
  );
}

/** What replaces the list if the address names a pool, a site or a roll-out that does not exist. */
async function findUnknown(
  context: UseCaseContext,
  search: DeviceSearch,
  rolledOut: RolledOutVersion | null,
): Promise<ReactNode> {
  const t = await getTranslations("devices.unknownRollOut");
  const pool = await findUnknownPool(context, search.pool);
  if (pool !== null) {
    return <UnknownPool fqdn={pool} href="/devices" />;
  }
  const site = await findUnknownSite(context, search.site);
  if (site !== null) {
    return <UnknownSite name={site} href="/devices" />;
  }
  return search.rollOut === "" || rolledOut !== null ? null : (
    <UnknownFilter title={t("title")} description={t("description")} href="/devices" />
  );
}

export default streamed(DevicesPage, [
  "devices.conflicts",
  "devices.identityConflict",
  "devices.list",
  "retirement.actions",
  "rollOuts.states",
]);
