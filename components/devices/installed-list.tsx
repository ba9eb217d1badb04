import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { Device } from "#fleet/devices/model";

type InstalledListProps = { readonly installed: Device["installed"] };

/** The versions that a phone reports, one line for each module. */
export function InstalledList({ installed }: InstalledListProps) {
  const t = useTranslations("devices.installed");
  return (
    <Card title={t("title")} isFlush>
      <Table caption={t("caption")}>
        <thead>
          <tr>
            <TableHead>{t("updateType")}</TableHead>
            <TableHead>{t("version")}</TableHead>
            <TableHead>{t("file")}</TableHead>
          </tr>
        </thead>
        <tbody className="border-t border-line">
          {installed.map((module, index) => (
            // A phone may report the same update type twice, so only the position is unique.
            <TableRow key={index}>
              <TableCell>{module.updateType}</TableCell>
              <TableCell>
                <Code>{module.version === "" ? "–" : module.version}</Code>
                {isRepeated(installed, index) && (
                  <span className="block text-xs text-ink-muted">{t("notCompared")}</span>
                )}
              </TableCell>
              <TableCell className="break-all">{module.fileName}</TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

/** Whether an earlier module of the same type takes precedence over this one: see `installedVersions`. */
function isRepeated(installed: Device["installed"], index: number): boolean {
  const type = installed[index]?.updateType.toLowerCase();
  return installed
    .slice(0, index)
    .some(({ updateType, version }) => version !== "" && updateType.toLowerCase() === type);
}
