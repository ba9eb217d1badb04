import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { NewTestDevice } from "#components/test-devices/new-test-device";
import { TestDevicesTable } from "#components/test-devices/test-devices-table";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { may } from "#foundation/core/permissions";
import { findByIdentifier, groupIdentifiers } from "#fleet/devices/identify";
import { findKnownPhones } from "#fleet/devices/server/find-known-phones";
import { listSiteNames } from "#fleet/sites/server/list-site-names";
import { testDeviceSearchParams } from "#fleet/test-devices/search-params";
import { listTestDevices } from "#fleet/test-devices/server/list-test-devices";
import { changeTestDeviceAction, createTestDeviceAction, removeTestDevicesAction } from "./actions";

const loadSearch = createLoader(testDeviceSearchParams);

type TestDevicesPageProps = { readonly searchParams: Promise<SearchParams> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("testDevices");
  return { title: t("title") };
}

async function TestDevicesPage({ searchParams }: TestDevicesPageProps) {
  const context = await pageContext();
  const t = await getTranslations("testDevices");
  const { testDevices, total, page } = await listTestDevices(
    context,
    await loadSearch(searchParams),
  );
  const phones = await findKnownPhones(context, groupIdentifiers(testDevices));
  const mayChange = may(context.actor, "test_device:write");
  const sites = await listSiteNames(context);
  const newTestDevice = mayChange && (
    <NewTestDevice
      siteNames={sites.map(({ name }) => name)}
      createTestDevice={createTestDeviceAction}
    />
  );
  return (
    <div className="space-y-5">
      <PageHeader title={t("title")} description={t("description")} actions={newTestDevice} />
      <TestDevicesTable
        rows={testDevices.map((testDevice) => ({
          testDevice,
          phone: findByIdentifier(phones, testDevice),
        }))}
        total={total}
        page={page}
        mayChange={mayChange}
        changeTestDevice={changeTestDeviceAction}
        removeTestDevices={removeTestDevicesAction}
        emptyActions={newTestDevice}
      />
    </div>
  );
}

export default streamed(TestDevicesPage, ["testDevices"]);
