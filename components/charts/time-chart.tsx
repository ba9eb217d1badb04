"use client";

import { useTranslations } from "next-intl";
import { ChartLegend } from "#components/charts/chart-legend";
import { ChartTable } from "#components/charts/chart-table";
import type { TimeChartProps } from "#components/charts/series";
import { loadLater } from "#components/ui/load-later";
import { Skeleton } from "#components/ui/skeleton";
import { useIsHydrated } from "#components/ui/use-is-hydrated";

const PLACEHOLDER = <Skeleton className="h-60 rounded-md" />;

// Recharts takes 110 kB: it is loaded with the first chart, after everything else.
const TimePlot = loadLater(
  () => import("#components/charts/time-plot").then((module) => module.TimePlot),
  PLACEHOLDER,
);

/** Values over time, with a legend and the same values as a table. */
export function TimeChart({ label, kind, series, points, isByDay = false }: TimeChartProps) {
  const t = useTranslations("charts");
  const isHydrated = useIsHydrated();
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
      {isHydrated ? (
        <TimePlot label={label} kind={kind} series={series} points={points} isByDay={isByDay} />
      ) : (
        PLACEHOLDER
      )}
      <ChartTable label={label} series={series} points={points} />
    </div>
  );
}
