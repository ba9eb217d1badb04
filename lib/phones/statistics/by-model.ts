import type { UpdateState } from "#fleet/devices/model";
import { UPDATE_STATES } from "#fleet/devices/model";
import { foldCase } from "#foundation/core/fold-case";
import type { FigureCount } from "#phones/statistics/model";

export type ModelSummary = {
  readonly brand: string;
  /** Empty: the kinds that are not counted separately, or phones that report no model. */
  readonly model: string;
  readonly phones: number;
  readonly upToDate: number;
  readonly inTrouble: number;
  /** The versions that its phones run, most frequent first. */
  readonly versions: readonly { readonly version: string; readonly phones: number }[];
};

/** The counts of each model, the largest first. */
export function groupByModel(kinds: readonly FigureCount[]): readonly ModelSummary[] {
  const byModel = Map.groupBy(kinds, ({ brand, model }) =>
    [foldCase(brand), foldCase(model)].join("\n"),
  );
  return [...byModel.values()]
    .flatMap((counts) => {
      const [first] = counts;
      return first === undefined ? [] : [toSummary(first, counts)];
    })
    .toSorted((left, right) => right.phones - left.phones || compare(left.model, right.model));
}

function toSummary({ brand, model }: FigureCount, counts: readonly FigureCount[]): ModelSummary {
  const inState = counts.filter(({ figure }) => isState(figure));
  const versions = [...Map.groupBy(inState, ({ version }) => version)].map(
    ([version, ofVersion]) => ({
      version,
      phones: sum(ofVersion),
    }),
  );
  return {
    brand,
    model,
    phones: sum(inState),
    upToDate: sum(counts.filter(({ figure }) => figure === "up_to_date")),
    inTrouble: sum(counts.filter(({ figure }) => figure === "in_trouble")),
    versions: versions.toSorted(
      (left, right) => right.phones - left.phones || compare(left.version, right.version),
    ),
  };
}

function isState(figure: FigureCount["figure"]): figure is UpdateState {
  return UPDATE_STATES.some((state) => state === figure);
}

function sum(counts: readonly FigureCount[]): number {
  return counts.reduce((total, { phones }) => total + phones, 0);
}

function compare(left: string, right: string): number {
  return left.localeCompare(right, "en");
}
