import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { DefinitionList } from "#components/ui/definition-list";
import { Instant } from "#components/ui/instant";
import { formatMacAddress } from "#foundation/core/mac-address";
import type { Device } from "#fleet/devices/model";

type DeviceFactsProps = { readonly device: Device };

export function DeviceFacts({ device }: DeviceFactsProps) {
  const t = useTranslations("devices.facts");
  const tSides = useTranslations("devices.sides");
  const { deviceType, brand, model, revision, locale } = device.hardware;
  return (
    <Card title={t("title")}>
      <DefinitionList
        isNarrow
        items={[
          {
            term: t("macAddress"),
            value: device.macAddress && <Code>{formatMacAddress(device.macAddress)}</Code>,
          },
          {
            term: t("serialNumber"),
            value: device.serialNumber && <Code isBreaking>{device.serialNumber}</Code>,
          },
          ...(device.serialChanges.length === 0
            ? []
            : [
                {
                  term: t("formerSerialNumbers"),
                  value: <FormerSerialNumbers device={device} />,
                },
              ]),
          { term: t("hardware"), value: [deviceType, brand, model, revision, locale].join(" / ") },
          { term: t("pool"), value: device.poolFqdn },
          {
            term: t("address"),
            value: (
              <>
                <Code isBreaking>{device.address}</Code> ({tSides(device.side)})
              </>
            ),
          },
          { term: t("user"), value: device.userName },
          { term: t("firstSeenAt"), value: <Instant date={device.firstSeenAt} format="full" /> },
          { term: t("lastSeenAt"), value: <Instant date={device.lastSeenAt} format="full" /> },
          { term: t("previousVersion"), value: <PreviousVersion device={device} /> },
        ]}
      />
    </Card>
  );
}

function FormerSerialNumbers({ device: { serialChanges } }: DeviceFactsProps) {
  const t = useTranslations("devices.facts");
  return (
    <ul className="space-y-1">
      {serialChanges.map(({ serialNumber, at, channel }) => (
        <li key={`${serialNumber} ${at.toISOString()}`}>
          <Code isBreaking>{serialNumber}</Code> {t("until")} <Instant date={at} format="full" />,{" "}
          {channel === null ? t("changedUnexplained") : t("changedByUpdate")}
        </li>
      ))}
    </ul>
  );
}

function PreviousVersion({ device: { previousVersion, updatedAt } }: DeviceFactsProps) {
  const t = useTranslations("devices.facts");
  if (previousVersion === null || updatedAt === null) {
    return <span className="text-ink-faint">–</span>;
  }
  return (
    <>
      {t("previousVersionUntil", { version: previousVersion })}{" "}
      <Instant date={updatedAt} format="full" />
    </>
  );
}
