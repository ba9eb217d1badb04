import { Icon } from "#components/ui/icon";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { cache } from "react";
import { restorePhonesAction, retirePhonesAction } from "../actions";
import { WhatIfSection } from "./what-if-section";
import { DeviceFacts } from "#components/devices/device-facts";
import { toDeviceName } from "#components/devices/device-name";
import { IdentityConflictBadge, IdentityConflictNote } from "#components/devices/identity-conflict";
import { JudgementList } from "#components/devices/judgement-list";
import { ProgressBadge, UpdateStateBadge } from "#components/devices/device-badges";
import { RetirementButton } from "#components/devices/retirement-button";
import { RetiredBadge, RetirementNote } from "#components/devices/retirement-note";
import { SystemInformation } from "#components/devices/system-information";
import { Timeline } from "#components/devices/timeline";
import { UpdateTimeline } from "#components/devices/update-timeline";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button-link";
import { withMessages } from "#components/shell/client-messages";
import { LinkTabs } from "#components/ui/link-tabs";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import type { Device } from "#fleet/devices/model";
import type { Actor } from "#foundation/core/permissions";
import { may } from "#foundation/core/permissions";
import { findDevice } from "#phones/inventory/server/find-device";
import { DEVICE_TABS, devicePageParams } from "#phones/timeline/search-params";
import { listTimeline } from "#phones/timeline/server/list-timeline";

type DevicePageProps = {
  readonly params: Promise<{ readonly deviceId: string }>;
  readonly searchParams: Promise<SearchParams>;
};

const loadSearch = createLoader(devicePageParams);

/** Cached, because both the title and the page need the device. */
const requireDevice = cache(async (id: string) => {
  return (await findDevice(await pageContext(), { id })) ?? notFound();
});

export async function generateMetadata({
  params,
}: Pick<DevicePageProps, "params">): Promise<Metadata> {
  return { title: toDeviceName(await requireDevice((await params).deviceId)) };
}

async function DevicePage({ params, searchParams }: DevicePageProps) {
  const device = await requireDevice((await params).deviceId);
  const t = await getTranslations("devices");
  const name = toDeviceName(device);
  const context = await pageContext();
  const search = await loadSearch(searchParams);
  const tDevice = await getTranslations("device");
  const path = `/devices/${device.id}`;
  return (
    <div className="space-y-5">
      <PageHeader
        crumbs={[{ label: t("crumb"), href: "/devices" }, { label: name }]}
        title={name}
        badges={<DeviceBadges device={device} />}
        actions={<DeviceActions device={device} actor={context.actor} />}
      />
      <LinkTabs
        label={tDevice("tabs.label")}
        tabs={DEVICE_TABS.map((tab) => ({
          href: tab === "history" ? path : `${path}?tab=${tab}`,
          label: tDevice(`tabs.${tab}`),
          isCurrent: tab === search.tab,
        }))}
      />
      {search.tab === "whatIf" ? (
        <WhatIfSection device={device} search={search} />
      ) : (
        <History device={device} path={path} before={search.before} />
      )}
    </div>
  );
}

type HistoryProps = {
  readonly device: Device;
  readonly path: string;
  readonly before: string;
};

async function History({ device, path, before }: HistoryProps) {
  const page = await listTimeline(await pageContext(), device, { before });
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <div className="min-w-0 space-y-5">
        <SystemInformation device={device} />
        <DeviceFacts device={device} />
      </div>
      <div className="min-w-0 space-y-5">
        {device.retirement !== null && <RetirementNote retirement={device.retirement} />}
        {device.conflict !== null && <IdentityConflictNote device={device} />}
        {device.updates.length > 0 && <UpdateTimeline device={device} />}
        <JudgementList device={device} />
        <Timeline page={page} path={path} isFirstPage={before === ""} />
      </div>
    </div>
  );
}

async function DeviceBadges({ device }: { readonly device: Device }) {
  const t = await getTranslations("devices");
  return (
    <>
      {device.retirement !== null && <RetiredBadge />}
      <UpdateStateBadge state={device.state} />
      {device.progress !== null && <ProgressBadge state={device.progress} />}
      {device.conflict !== null && <IdentityConflictBadge conflict={device.conflict} />}
      {device.isTestDevice && (
        <Badge tone="accent" icon={<Icon name="flask-conical" />}>
          {t("list.testDevice")}
        </Badge>
      )}
    </>
  );
}

type DeviceActionsProps = { readonly device: Device; readonly actor: Actor };

async function DeviceActions({ device, actor }: DeviceActionsProps) {
  const t = await getTranslations("logs");
  const mark = device.macAddress ?? device.serialNumber ?? device.address;
  const what = device.retirement === null ? "retire" : "restore";
  return (
    <>
      <ButtonLink href={`/checks?q=${encodeURIComponent(mark)}`}>{t("checksOf")}</ButtonLink>
      {may(actor, "log:read") && (
        <ButtonLink href={`/logs?q=${encodeURIComponent(mark)}`}>{t("logsOf")}</ButtonLink>
      )}
      {may(actor, "device:write") && (
        <RetirementButton
          what={what}
          phone={{ id: device.id, name: toDeviceName(device) }}
          action={what === "retire" ? retirePhonesAction : restorePhonesAction}
        />
      )}
    </>
  );
}

export default withMessages(DevicePage, ["retirement.actions"]);
