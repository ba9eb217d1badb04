import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { TimeChart } from "#components/charts/time-chart";
import type { ChartPoint, ChartSeries } from "#components/charts/series";
import { RangeTabs } from "#components/charts/range-tabs";
import { Card } from "#components/ui/card";
import { UPDATE_STATES } from "#fleet/devices/model";
import { STATISTICS_RANGES } from "#phones/statistics/model";
import type { FleetSample, FleetStatistics, StatisticsRange } from "#phones/statistics/model";

type FleetChartsProps = Pick<FleetStatistics, "samples" | "hours"> & {
  readonly range: StatisticsRange;
};

/** Phones by state, phones that need attention, and checks, over time. */
export function FleetCharts({ samples, hours, range }: FleetChartsProps) {
  const t = useTranslations("home.charts");
  const tRanges = useTranslations("home.ranges");
  const isByDay = range === "month" || range === "year";
  return (
    <>
      <Card
        title={t("states")}
        actions={
          <RangeTabs
            label={tRanges("label")}
            path="/home"
            current={range}
            ranges={STATISTICS_RANGES.map((value) => ({ range: value, label: tRanges(value) }))}
          />
        }
      >
        <TimeChart
          label={t("states")}
          kind="stack"
          series={useStateSeries()}
          points={samples.map(toStatePoint)}
          isByDay={isByDay}
        />
      </Card>
      <div className="grid gap-5 xl:grid-cols-2">
        <Card title={t("attention")}>
          <TimeChart
            label={t("attention")}
            kind="lines"
            series={useAttentionSeries()}
            points={samples.map(({ at, phones }) => ({
              at,
              values: { in_trouble: phones.in_trouble, silent: phones.silent },
            }))}
            isByDay={isByDay}
          />
        </Card>
        <Card
          title={t("checks")}
          description={t("checksDescription")}
          actions={
            <Link href="/checks" className="text-link text-[0.8125rem] font-medium">
              {t("toLog")}
            </Link>
          }
        >
          <TimeChart
            label={t("checks")}
            kind="lines"
            series={[
              { key: "checks", label: t("now"), look: "accent" },
              { key: "weekBefore", label: t("weekBefore"), look: "neutral" },
            ]}
            points={hours.map(({ since, checks, weekBefore }) => ({
              at: since,
              values: { checks, weekBefore },
            }))}
          />
        </Card>
      </div>
    </>
  );
}

function useStateSeries(): readonly ChartSeries[] {
  const t = useTranslations("home");
  return [
    { key: "up_to_date", label: t("figures.up_to_date"), look: "good" },
    { key: "update_due", label: t("figures.update_due"), look: "warn" },
    { key: "other", label: t("charts.other"), look: "neutral" },
  ];
}

function useAttentionSeries(): readonly ChartSeries[] {
  const t = useTranslations("home.figures");
  return [
    { key: "in_trouble", label: t("in_trouble"), look: "bad" },
    { key: "silent", label: t("silent"), look: "neutral" },
  ];
}

function toStatePoint({ at, phones }: FleetSample): ChartPoint {
  const { up_to_date, update_due } = phones;
  const all = UPDATE_STATES.reduce((sum, state) => sum + phones[state], 0);
  return { at, values: { up_to_date, update_due, other: all - up_to_date - update_due } };
}
