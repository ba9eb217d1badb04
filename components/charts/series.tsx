/** How a series looks: a colour of the panel, and a line and a filling that differ without colour. */
export const CHART_LOOKS = {
  good: { colour: "var(--good-ink)", dash: undefined, filling: "solid" },
  warn: { colour: "var(--warn-ink)", dash: "7 4", filling: "stripes" },
  bad: { colour: "var(--bad-ink)", dash: undefined, filling: "solid" },
  accent: { colour: "var(--accent-ink)", dash: undefined, filling: "solid" },
  neutral: { colour: "var(--ink-faint)", dash: "2 4", filling: "dots" },
} as const;
export type ChartLook = keyof typeof CHART_LOOKS;

export type ChartSeries = {
  readonly key: string;
  readonly label: string;
  readonly look: ChartLook;
};

/** The values of all series at one time, by their keys; null where nothing is known. */
export type ChartPoint = {
  readonly at: Date;
  readonly values: Readonly<Record<string, number | null>>;
};

/** `stack`: areas that add up to a whole. `lines`: values that are compared. */
export type ChartKind = "stack" | "lines";

export type TimeChartProps = {
  /** What the chart shows, for screen readers and as the caption of its table. */
  readonly label: string;
  readonly kind: ChartKind;
  readonly series: readonly ChartSeries[];
  /** Oldest first. */
  readonly points: readonly ChartPoint[];
  /** Whether the points are days or longer apart, so that times of day say nothing. */
  readonly isByDay?: boolean;
};
