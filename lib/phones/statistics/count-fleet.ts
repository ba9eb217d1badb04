import type { MarkedPhone } from "#fleet/devices/kind";
import type { PhoneFigure, UpdateState } from "#fleet/devices/model";
import { PHONE_FIGURES, UPDATE_STATES } from "#fleet/devices/model";
import type { PhoneGroup } from "#fleet/devices/phone-group";
import { foldCase } from "#foundation/core/fold-case";
import { recordOf } from "#foundation/core/record-of";
import type { RuleTable } from "#phones/check/rule-table";
import { isWaitingForTest, judgeContent, judgePhone } from "#phones/inventory/judge-phone";
import type { FigureCount, FigureTotals } from "#phones/statistics/model";

/** Phones can invent models and versions. Beyond this number of kinds, the smallest are counted as one. */
export const MAX_COUNTED_KINDS = 500;

export type CountedFleet = {
  /** All listed phones. */
  readonly groups: readonly PhoneGroup[];
  /** Those of them about which more than their kind decides; each is also in a group. */
  readonly notable: readonly MarkedPhone[];
};

/** Counts the phones behind each figure, by what the rules make of them. The figures are those that lists filter by. */
export function countFleet(
  rules: RuleTable,
  { groups, notable }: CountedFleet,
): readonly FigureCount[] {
  const counter = kindCounter();
  for (const group of groups) {
    counter.add(group, stateOfContent(rules, group), group.phones);
    counter.add(group, "silent", group.silent);
    counter.add(group, "in_trouble", group.inTrouble);
    if (isWaitingForTest(rules, group)) {
      counter.add(group, "waiting_for_test", group.phones);
    }
  }
  for (const phone of notable) {
    counter.add(phone, stateOfContent(rules, phone), -1);
    counter.add(phone, judgePhone(rules, phone).state, 1);
  }
  return boundKinds(counter.kinds());
}

type Content = Pick<PhoneGroup, "poolId" | "hardware" | "installed" | "version">;

function stateOfContent(rules: RuleTable, { poolId, ...content }: Content): UpdateState {
  return poolId === null ? "unknown" : judgeContent(rules, { ...content, poolId }).state;
}

type CountedKind = Pick<FigureCount, "brand" | "model" | "version"> & {
  readonly figures: ReadonlyMap<PhoneFigure, number>;
};

function kindCounter(): {
  readonly add: (content: Content, figure: PhoneFigure, phones: number) => void;
  readonly kinds: () => readonly CountedKind[];
} {
  const byKey = new Map<string, CountedKind & { readonly figures: Map<PhoneFigure, number> }>();
  return {
    add: ({ hardware: { brand, model }, version }, figure, phones) => {
      const key = [foldCase(brand), foldCase(model), version ?? ""].join("\n");
      const known = byKey.get(key) ?? {
        brand,
        model,
        version: version ?? "",
        figures: new Map<PhoneFigure, number>(),
      };
      known.figures.set(figure, (known.figures.get(figure) ?? 0) + phones);
      byKey.set(key, known);
    },
    kinds: () => [...byKey.values()],
  };
}

function boundKinds(kinds: readonly CountedKind[]): readonly FigureCount[] {
  const bySize = kinds.toSorted((left, right) => phonesOf(right) - phonesOf(left));
  const rest = bySize.slice(MAX_COUNTED_KINDS);
  return [
    ...bySize.slice(0, MAX_COUNTED_KINDS),
    ...(rest.length === 0 ? [] : [merge(rest)]),
  ].flatMap(({ figures, ...kind }) =>
    [...figures].flatMap(([figure, phones]) => (phones === 0 ? [] : [{ ...kind, figure, phones }])),
  );
}

function merge(kinds: readonly CountedKind[]): CountedKind {
  const figures = PHONE_FIGURES.map(
    (figure) =>
      [figure, kinds.reduce((sum, kind) => sum + (kind.figures.get(figure) ?? 0), 0)] as const,
  );
  return { brand: "", model: "", version: "", figures: new Map(figures) };
}

function phonesOf({ figures }: CountedKind): number {
  return UPDATE_STATES.reduce((sum, state) => sum + (figures.get(state) ?? 0), 0);
}

/** The phones behind each figure, over all kinds. */
export function totalsOf(counts: readonly FigureCount[]): FigureTotals {
  const totals = recordOf(PHONE_FIGURES, () => 0);
  for (const { figure, phones } of counts) {
    totals[figure] += phones;
  }
  return totals;
}

/** All phones: each is in one update state. */
export function phonesIn(totals: FigureTotals): number {
  return UPDATE_STATES.reduce((sum, state) => sum + totals[state], 0);
}
