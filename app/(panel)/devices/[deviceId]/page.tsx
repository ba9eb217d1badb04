import { FlaskConical } from "#components/ui/icons";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import { createLoader } from "nuqs/server";
import type { SearchParams } from "nuqs/server";
import { cache } from "react";
import { WhatIfSection } from "./what-if-section";
import { CheckList } from "#components/check-log/check-list";
import { DeviceFacts } from "#components/devices/device-facts";
import { toDeviceName } from "#components/devices/device-name";
import { IdentityConflictBadge, IdentityConflictNote } from "#components/devices/identity-conflict";
import { InstalledList } from "#components/devices/installed-list";
import { JudgementList } from "#components/devices/judgement-list";
import { ProgressBadge, UpdateStateBadge } from "#components/devices/device-badges";
import { UpdateTimeline } from "#components/devices/update-timeline";
import { Badge } from "#components/ui/badge";
import { ButtonLink } from "#components/ui/button";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { whatIfSearchParams } from "#phones/check/what-if-search-params";
import { listChecksOfDevice } from "#phones/check-log/server/list-checks";
import { may } from "#foundation/core/permissions";
import { findDevice } from "#phones/inventory/server/find-device";

type DevicePageProps = {
  readonly params: Promise<{ readonly deviceId: string }>;
  readonly searchParams: Promise<SearchParams>;
};

const loadWhatIf = createLoader(whatIfSearchParams);

/** Cached, because both the title and the page need the device. */
const requireDevice = cache(async (id: string) => {
  return (await findDevice(await pageContext(), { id })) ?? notFound();
});

export async function generateMetadata({
  params,
}: Pick<DevicePageProps, "params">): Promise<Metadata> {
  return { title: toDeviceName(await requireDevice((await params).deviceId)) };
}

export default async function DevicePage({ params, searchParams }: DevicePageProps) {
  const device = await requireDevice((await params).deviceId);
  const t = await getTranslations("devices");
  const name = toDeviceName(device);
  const context = await pageContext();
  const logWords = await getTranslations("logs");
  const mark = device.macAddress ?? device.serialNumber ?? device.address;
  return (
    <div className="space-y-5">
      <PageHeader
        crumbs={[{ label: t("crumb"), href: "/devices" }, { label: name }]}
        title={name}
        badges={
          <>
            <UpdateStateBadge state={device.state} />
            {device.progress !== null && <ProgressBadge state={device.progress} />}
            {device.conflict !== null && <IdentityConflictBadge conflict={device.conflict} />}
            {device.isTestDevice && (
              <Badge tone="accent" icon={<FlaskConical aria-hidden />}>
                {t("testDevice")}
              </Badge>
            )}
          </>
        }
        actions={
          <>
            <ButtonLink href={`/checks?q=${encodeURIComponent(mark)}`}>
              {logWords("checksOf")}
            </ButtonLink>
            {may(context.actor, "log:read") && (
              <ButtonLink href={`/logs?q=${encodeURIComponent(mark)}`}>
                {logWords("logsOf")}
              </ButtonLink>
            )}
          </>
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-5">
          {device.conflict !== null && <IdentityConflictNote device={device} />}
          {device.updates.length > 0 && <UpdateTimeline device={device} />}
          <JudgementList device={device} />
          <WhatIfSection device={device} search={await loadWhatIf(searchParams)} />
          <CheckList checks={await listChecksOfDevice(context, { deviceId: device.id })} />
        </div>
        <div className="min-w-0 space-y-5">
          <DeviceFacts device={device} />
          <InstalledList installed={device.installed} />
        </div>
      </div>
    </div>
  );
}
