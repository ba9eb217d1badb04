import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { DefinitionList } from "#components/ui/definition-list";
import { useJoined } from "#components/ui/use-joined";
import { formatMacAddress } from "#foundation/core/mac-address";
import type { Device } from "#fleet/devices/model";

type SystemInformationProps = { readonly device: Device };

/** What a phone says of itself, in the words and the order of its own menu and of the Monitoring Server's inventory. */
export function SystemInformation({ device }: SystemInformationProps) {
  const t = useTranslations("device.system");
  const joined = useJoined();
  const tSides = useTranslations("devices.sides");
  const { deviceType, brand, model, revision, locale } = device.hardware;
  return (
    <Card title={t("title")} description={t("description")}>
      <DefinitionList
        isNarrow
        items={[
          { term: t("manufacturer"), value: brand },
          {
            term: t("hardwareVersion"),
            value: joined([model, revision].filter((part) => part !== "")),
          },
          { term: t("deviceType"), value: deviceType },
          {
            term: t("macAddress"),
            value: device.macAddress && <Code>{formatMacAddress(device.macAddress)}</Code>,
          },
          {
            term: t("serialNumber"),
            value: device.serialNumber && <Code isBreaking>{device.serialNumber}</Code>,
          },
          { term: t("firmware"), value: <Firmware installed={device.installed} /> },
          { term: t("language"), value: locale },
          {
            term: t("ipAddress"),
            value: (
              <>
                <Code isBreaking>{device.address}</Code> ({tSides(device.side)})
              </>
            ),
          },
          { term: t("user"), value: device.userName },
        ]}
      />
    </Card>
  );
}

/** The versions that a phone reports, one line for each module. */
function Firmware({ installed }: Pick<Device, "installed">) {
  const t = useTranslations("device.system");
  if (installed.length === 0) {
    return <span className="text-ink-faint">–</span>;
  }
  return (
    <ul className="space-y-1">
      {installed.map((module, index) => (
        // A phone may report the same update type twice, so only the position is unique.
        <li key={index}>
          {module.updateType} <Code>{module.version === "" ? "–" : module.version}</Code>
          {module.fileName !== "" && (
            <span className="block text-xs break-all text-ink-muted">{module.fileName}</span>
          )}
          {isRepeated(installed, index) && (
            <span className="block text-xs text-ink-muted">{t("notCompared")}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Whether an earlier module of the same type takes precedence over this one: see `installedVersions`. */
function isRepeated(installed: Device["installed"], index: number): boolean {
  const type = installed[index]?.updateType.toLowerCase();
  return installed
    .slice(0, index)
    .some(({ updateType, version }) => version !== "" && updateType.toLowerCase() === type);
}
