import { useTranslations } from "next-intl";
import { RangeTabs } from "#components/charts/range-tabs";
import type { ChartPoint, ChartSeries } from "#components/charts/series";
import { TimeChart } from "#components/charts/time-chart";
import { Card } from "#components/ui/card";
import { TROUBLE_STATES } from "#fleet/devices/progress-state";
import type { RollOutSample } from "#phones/roll-outs/model";
import { ROLL_OUT_RANGES } from "#phones/roll-outs/ranges";
import type { RollOutRange } from "#phones/roll-outs/ranges";

type RollOutChartProps = {
  readonly id: string;
  /** Oldest first. */
  readonly steps: readonly RollOutSample[];
  readonly range: RollOutRange;
};

/** The phones of a roll-out by what became of them, over time. Its table has the same values. */
export function RollOutChart({ id, steps, range }: RollOutChartProps) {
  const t = useTranslations("rollOuts.chart");
  const tRanges = useTranslations("home.ranges");
  return (
    <Card
      title={t("title")}
      actions={
        <RangeTabs
          label={tRanges("label")}
          path={`/roll-outs/${id}`}
          current={range}
          ranges={ROLL_OUT_RANGES.map((value) => ({
            range: value,
            label: value === "all" ? t("all") : tRanges(value),
          }))}
        />
      }
    >
      <TimeChart label={t("title")} kind="stack" series={useSeries()} points={steps.map(toPoint)} />
    </Card>
  );
}

function useSeries(): readonly ChartSeries[] {
  const t = useTranslations("rollOuts.chart");
  return [
    { key: "running", label: t("running"), look: "good" },
    { key: "onTheWay", label: t("onTheWay"), look: "warn" },
    { key: "trouble", label: t("trouble"), look: "bad" },
    { key: "waiting", label: t("waiting"), look: "neutral" },
  ];
}

function toPoint(step: RollOutSample): ChartPoint {
  return {
    at: step.at,
    values: {
      running: step.running,
      onTheWay: step.offered + step.downloading + step.downloaded,
      trouble: TROUBLE_STATES.reduce((sum, state) => sum + step[state], 0),
      waiting: step.waiting + step.silent + step.left,
    },
  };
}
