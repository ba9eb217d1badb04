"use client";

import { useFormatter, useLocale } from "next-intl";
import { useId } from "react";
import { Area, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from "recharts";
import { FillingPattern, fillingOf } from "#components/charts/filling";
import { CHART_LOOKS } from "#components/charts/series";
import { NUMBERING_SYSTEM } from "#foundation/i18n/locales";
import type { ChartPoint, ChartSeries, TimeChartProps } from "#components/charts/series";
import { DAY_MS } from "#foundation/core/time";

const AXIS_STYLE = { fontSize: 11, fill: "var(--ink-muted)" } as const;
/** In Arabic, labels would end where they start, and cover the plot. The words of a label keep their own direction. */
const VALUES_STYLE = { ...AXIS_STYLE, direction: "ltr", unicodeBidi: "plaintext" } as const;

/** The drawing of a chart. Only the browser renders it, in its own time zone. */
export function TimePlot({ label, kind, series, points, isByDay }: Required<TimeChartProps>) {
  const scope = useId();
  const locale = useRegion();
  const format = useFormatter();
  const times = points.map(({ at }) => at.getTime());
  const axisFormat = new Intl.DateTimeFormat(locale, axisOptions(times, isByDay));
  return (
    <ComposedChart
      responsive
      data={points.map(toRow)}
      title={label}
      margin={{ top: 6, right: 8, bottom: 0, left: 0 }}
      style={{ width: "100%", height: 240 }}
    >
      <defs>
        {series.map(({ key, look }) => (
          <FillingPattern key={key} look={look} scope={scope} />
        ))}
      </defs>
      <CartesianGrid vertical={false} stroke="var(--line)" />
      <XAxis
        dataKey="at"
        type="number"
        scale="time"
        domain={["dataMin", "dataMax"]}
        tickFormatter={(at: number) => axisFormat.format(at)}
        tick={AXIS_STYLE}
        tickLine={false}
        axisLine={{ stroke: "var(--line-strong)" }}
        minTickGap={32}
      />
      <YAxis
        width={48}
        allowDecimals={false}
        tickFormatter={(value: number) => format.number(value, { notation: "compact" })}
        tick={VALUES_STYLE}
        tickLine={false}
        axisLine={false}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: "var(--line-control)" }}
        content={({ active, label: at }) =>
          active && typeof at === "number" ? (
            <PlotTooltip
              point={points.find((point) => point.at.getTime() === at)}
              series={series}
            />
          ) : null
        }
      />
      {series.map(({ key, look, label: name }) =>
        kind === "stack" ? (
          <Area
            key={key}
            dataKey={key}
            name={name}
            stackId="whole"
            stroke={CHART_LOOKS[look].colour}
            strokeWidth={1.5}
            fill={fillingOf(look, scope)}
            fillOpacity={1}
            isAnimationActive={false}
          />
        ) : (
          <Line
            key={key}
            dataKey={key}
            name={name}
            stroke={CHART_LOOKS[look].colour}
            strokeWidth={2}
            {...(CHART_LOOKS[look].dash === undefined
              ? {}
              : { strokeDasharray: CHART_LOOKS[look].dash })}
            dot={false}
            isAnimationActive={false}
          />
        ),
      )}
    </ComposedChart>
  );
}

/** The browser's regional variant of the language: en-GB has 24 hours, en-US has 12. */
function useRegion(): string {
  const language = useLocale();
  return navigator.languages.find((region) => region.startsWith(`${language}-`)) ?? language;
}

function toRow({ at, values }: ChartPoint): Readonly<Record<string, number | null>> {
  return { ...values, at: at.getTime() };
}

/** Times of day within two days, otherwise days. */
function axisOptions(times: readonly number[], isByDay: boolean): Intl.DateTimeFormatOptions {
  const length = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return isByDay || length > 2 * DAY_MS
    ? { numberingSystem: NUMBERING_SYSTEM, day: "numeric", month: "short" }
    : { numberingSystem: NUMBERING_SYSTEM, hour: "2-digit", minute: "2-digit" };
}

type PlotTooltipProps = {
  readonly point: ChartPoint | undefined;
  readonly series: readonly ChartSeries[];
};

function PlotTooltip({ point, series }: PlotTooltipProps) {
  const locale = useRegion();
  const format = useFormatter();
  if (point === undefined) {
    return null;
  }
  const when = new Intl.DateTimeFormat(locale, {
    numberingSystem: NUMBERING_SYSTEM,
    dateStyle: "medium",
    timeStyle: "short",
  });
  return (
    <div className="rounded-md border border-line bg-raised px-3 py-2 text-xs shadow-raised">
      <p className="font-medium">{when.format(point.at)}</p>
      <dl className="mt-1 grid grid-cols-[auto_auto] gap-x-4 gap-y-0.5">
        {series.map(({ key, label, look }) => (
          <div key={key} className="contents">
            <dt className="flex items-center gap-1.5 text-ink-muted">
              <span
                aria-hidden
                className="size-2 rounded-full"
                style={{ background: CHART_LOOKS[look].colour }}
              />
              {label}
            </dt>
            <dd className="text-end tabular-nums">
              {typeof point.values[key] === "number" ? format.number(point.values[key]) : "–"}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
