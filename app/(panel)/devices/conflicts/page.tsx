import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DoubtfulList } from "#components/devices/doubtful-list";
import { DoubtfulTabs } from "#components/devices/doubtful-tabs";
import { streamed } from "#components/shell/streamed";
import { Icon } from "#components/ui/icon";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { findConflicts } from "#fleet/devices/server/find-doubtful-phones";
import { may } from "#foundation/core/permissions";
import { mergePhonesAction, previewMergeAction, retirePhonesAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("doubtful.conflicts");
  return { title: t("title") };
}

async function ConflictsPage() {
  const context = await pageContext();
  const t = await getTranslations("doubtful.conflicts");
  const tDevices = await getTranslations("devices");
  const { sharedAddresses, sharedSerials } = await findConflicts(context);
  const actions = may(context.actor, "device:write")
    ? {
        retire: retirePhonesAction,
        merge: { preview: previewMergeAction, merge: mergePhonesAction },
      }
    : null;
  return (
    <div className="space-y-5">
      <PageHeader
        crumbs={[{ label: tDevices("crumb"), href: "/devices" }, { label: t("title") }]}
        title={t("title")}
        description={t("description")}
      />
      <DoubtfulTabs />
      <Card title={t("addresses.title")} description={t("addresses.description")} isFlush>
        {sharedAddresses.length === 0 ? (
          <EmptyState icon={<Icon name="circle-check" />} title={t("addresses.empty")} />
        ) : (
          <DoubtfulList caption={t("addresses.title")} phones={sharedAddresses} actions={actions} />
        )}
      </Card>
      {sharedSerials.length === 0 && (
        <Card title={t("serials.title")} description={t("serials.description")} isFlush>
          <EmptyState icon={<Icon name="circle-check" />} title={t("serials.empty")} />
        </Card>
      )}
      {sharedSerials.map(({ serialKey, rows, phones }) => {
        const title = t("serials.of", { serialNumber: phones[0]?.serialNumber ?? serialKey });
        return (
          <Card
            key={serialKey}
            title={title}
            description={
              rows > phones.length ? t("serials.many", { count: rows }) : t("serials.description")
            }
            isFlush
          >
            <DoubtfulList caption={title} phones={phones} actions={actions} isMergeable />
          </Card>
        );
      })}
    </div>
  );
}

export default streamed(ConflictsPage, [
  "doubtful.columns",
  "doubtful.merge",
  "doubtful.tabs",
  "retirement.actions",
]);
