"use client";

import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { ChartLegend } from "#components/charts/chart-legend";
import { ChartTable } from "#components/charts/chart-table";
import type { TimeChartProps } from "#components/charts/series";
import { Skeleton } from "#components/ui/skeleton";

// Recharts takes 110 kB: it is loaded with the first chart, after everything else.
const TimePlot = dynamic(
  () => import("#components/charts/time-plot").then(({ TimePlot: Plot }) => Plot),
  { ssr: false, loading: () => <Skeleton className="h-60 rounded-md" /> },
);

/** Values over time, with a legend and the same values as a table. */
export function TimeChart({ label, kind, series, points, isByDay = false }: TimeChartProps) {
  const t = useTranslations("charts");
  const known = points.filter(({ values }) =>
    Object.values(values).some((value) => value !== null),
  );
  if (known.length < 2) {
    return (
      <p className="grid h-60 place-items-center text-center text-[0.8125rem] text-ink-muted">
        {t("tooFew")}
      </p>
    );
  }
  return (
    <div className="space-y-3">
      <ChartLegend kind={kind} series={series} />
      <TimePlot label={label} kind={kind} series={series} points={points} isByDay={isByDay} />
      <ChartTable label={label} series={series} points={points} />
    </div>
  );
}
