import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { Device } from "#fleet/devices/model";

type InstalledListProps = { readonly installed: Device["installed"] };

/** What a phone says it runs, one line for every kind of image. */
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
            // A phone may report the same kind twice; the order is all that tells the lines apart.
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

/** Whether an earlier module of the same type counts instead of this one: see `installedVersions`. */
function isRepeated(installed: Device["installed"], index: number): boolean {
  const type = installed[index]?.updateType.toLowerCase();
  return installed
    .slice(0, index)
    .some(({ updateType, version }) => version !== "" && updateType.toLowerCase() === type);
}
