import { CHART_LOOKS } from "#components/charts/series";
import type { ChartLook } from "#components/charts/series";

type FillingPatternProps = {
  readonly look: ChartLook;
  /** Makes the ids of one chart differ from those of another one. */
  readonly scope: string;
};

/** The definition of a filling, for the `defs` of a chart. */
export function FillingPattern({ look, scope }: FillingPatternProps) {
  const { colour, filling } = CHART_LOOKS[look];
  return (
    <pattern id={idOf(look, scope)} width="6" height="6" patternUnits="userSpaceOnUse">
      <rect width="6" height="6" fill={colour} fillOpacity={filling === "solid" ? 0.28 : 0.1} />
      {filling === "stripes" && (
        <path
          d="M-1 7L7 -1M-1 1L1 -1M5 7L7 5"
          stroke={colour}
          strokeWidth="1.2"
          strokeOpacity={0.75}
        />
      )}
      {filling === "dots" && <circle cx="3" cy="3" r="1" fill={colour} fillOpacity={0.8} />}
    </pattern>
  );
}

export function fillingOf(look: ChartLook, scope: string): string {
  return `url(#${idOf(look, scope)})`;
}

function idOf(look: ChartLook, scope: string): string {
  return `filling-${scope}-${look}`;
}
