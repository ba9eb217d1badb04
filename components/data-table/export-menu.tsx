"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { toExportPath } from "#components/data-table/table-state";
import type { TableSearch } from "#components/data-table/use-table-search";
import { ToolbarButton } from "#components/data-table/toolbar-button";
import { Menu, MenuDownload } from "#components/ui/dropdown-menu";

const FORMATS = ["csv", "json"] as const;

type ExportMenuProps = {
  /** The path that answers with the whole list, for example `/api/exports/rules?view=pending`. */
  readonly path: string;
  readonly search: TableSearch;
};

/** Downloads all rows that match the search and the filters, in the order of the table. */
export function ExportMenu({ path, search }: ExportMenuProps) {
  const t = useTranslations("table.export");
  return (
    <Menu trigger={<ToolbarButton icon={<Icon name="download" />} label={t("action")} />}>
      {FORMATS.map((format) => (
        <MenuDownload key={format} href={toExportPath(path, search.state, format)}>
          {t(format)}
        </MenuDownload>
      ))}
    </Menu>
  );
}
