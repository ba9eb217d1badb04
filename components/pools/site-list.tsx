import { useTranslations } from "next-intl";
import { Card } from "#components/ui/card";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { Site } from "#fleet/pools/model";

type SiteListProps = { readonly sites: readonly Site[] };

export function SiteList({ sites }: SiteListProps) {
  const t = useTranslations("pools.sites");
  return (
    <Card title={t("title")} isFlush>
      <Table caption={t("caption")}>
        <thead>
          <tr>
            <TableHead>{t("name")}</TableHead>
            <TableHead className="text-right">{t("pools")}</TableHead>
          </tr>
        </thead>
        <tbody className="border-t border-line">
          {sites.map((site) => (
            <TableRow key={site.id}>
              <TableCell>{site.name}</TableCell>
              <TableCell className="text-right">{site.poolCount}</TableCell>
            </TableRow>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
