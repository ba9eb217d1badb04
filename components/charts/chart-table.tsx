import { useState } from "react";
import { useFormatter, useTranslations } from "next-intl";
import type { ChartPoint, ChartSeries } from "#components/charts/series";
import { Instant } from "#components/ui/instant";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";

type ChartTableProps = {
  readonly label: string;
  readonly series: readonly ChartSeries[];
  readonly points: readonly ChartPoint[];
};

/** The values of a chart, the newest first, behind a disclosure. The rows are made when it is opened. */
export function ChartTable({ label, series, points }: ChartTableProps) {
  const t = useTranslations("charts");
  const format = useFormatter();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary className="text-link w-fit text-xs font-medium">{t("asTable")}</summary>
      {isOpen && (
        <div className="mt-2 max-h-80 overflow-y-auto rounded-md border border-line">
          <Table caption={label}>
            <thead>
              <tr>
                <TableHead>{t("time")}</TableHead>
                {series.map(({ key, label: name }) => (
                  <TableHead key={key} className="text-end whitespace-normal">
                    {name}
                  </TableHead>
                ))}
              </tr>
            </thead>
            <tbody className="border-t border-line">
              {points.toReversed().map(({ at, values }) => (
                <TableRow key={at.getTime()}>
                  <TableCell className="py-1">
                    <Instant date={at} format="full" />
                  </TableCell>
                  {series.map(({ key }) => (
                    <TableCell key={key} className="py-1 text-end">
                      {typeof values[key] === "number" ? format.number(values[key]) : "–"}
                    </TableCell>
                  ))}
                </TableRow>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </details>
  );
}
