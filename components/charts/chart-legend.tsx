import { CHART_LOOKS } from "#components/charts/series";
import type { ChartKind, ChartSeries } from "#components/charts/series";
import { FillingPattern, fillingOf } from "#components/charts/filling";

type ChartLegendProps = { readonly kind: ChartKind; readonly series: readonly ChartSeries[] };

/** The names of the series, each with a sample of its line or area. */
export function ChartLegend({ kind, series }: ChartLegendProps) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-muted">
      {series.map(({ key, label, look }) => (
        <li key={key} className="flex items-center gap-1.5">
          <svg aria-hidden width="22" height="12" viewBox="0 0 22 12">
            <Sample kind={kind} look={look} />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}

function Sample({ kind, look }: { readonly kind: ChartKind; readonly look: ChartSeries["look"] }) {
  const { colour, dash } = CHART_LOOKS[look];
  return kind === "stack" ? (
    <>
      <defs>
        <FillingPattern look={look} scope="legend" />
      </defs>
      <rect
        x="0.5"
        y="0.5"
        width="21"
        height="11"
        rx="2"
        fill={fillingOf(look, "legend")}
        stroke={colour}
      />
    </>
  ) : (
    <line x1="1" y1="6" x2="21" y2="6" stroke={colour} strokeWidth="2" strokeDasharray={dash} />
  );
}
