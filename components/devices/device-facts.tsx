import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { Comma } from "#components/ui/comma";
import { DefinitionList } from "#components/ui/definition-list";
import { Instant } from "#components/ui/instant";
import type { Device } from "#fleet/devices/model";

type DeviceFactsProps = { readonly device: Device };

/** What the service knows of a phone beyond what it says of itself. */
export function DeviceFacts({ device }: DeviceFactsProps) {
  const t = useTranslations("devices.facts");
  return (
    <Card title={t("title")}>
      <DefinitionList
        isNarrow
        items={[
          { term: t("pool"), value: device.poolFqdn },
          { term: t("site"), value: device.siteName ?? "–" },
          { term: t("firstSeenAt"), value: <Instant date={device.firstSeenAt} /> },
          { term: t("lastSeenAt"), value: <Instant date={device.lastSeenAt} /> },
          { term: t("previousVersion"), value: <PreviousVersion device={device} /> },
          ...(device.serialChanges.length === 0
            ? []
            : [
                {
                  term: t("formerSerialNumbers"),
                  value: <FormerSerialNumbers device={device} />,
                },
              ]),
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
          <Code isBreaking>{serialNumber}</Code> {t("until")} <Instant date={at} format="full" />
          <Comma />
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
