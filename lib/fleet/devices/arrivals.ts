import type { Side } from "#fleet/devices/model";

/** The counted events of unknown phones, kinds and refused checks: see `ArrivalCount` in the database schema. */
export const ARRIVAL_KINDS = [
  "phone_added",
  "phone_left_out",
  "refusal_left_out",
  "kind_added",
] as const;
export type ArrivalKind = (typeof ARRIVAL_KINDS)[number];

export type ArrivalCount = {
  readonly kind: ArrivalKind;
  readonly side: Side;
  /** Empty for networks that are only counted in total. */
  readonly network: string;
  readonly count: number;
};

/** The unknown phones and refused checks of one hour, as administrators see them. */
export type Arrivals = {
  readonly added: number;
  /** Checks of phones that were not added to the inventory, because too many new phones checked at once. */
  readonly leftOut: number;
  /** Refused checks that are not in the check log. */
  readonly refusals: number;
  /** The networks with the most new phones, in descending order. */
  readonly phoneNetworks: readonly NetworkCount[];
  readonly refusalNetworks: readonly NetworkCount[];
  /** True if there were more new phones than usual, or if some were left out. */
  readonly isAlarm: boolean;
};

export type NetworkCount = {
  readonly network: string;
  readonly side: Side;
  readonly count: number;
};

const MAX_NETWORKS = 5;
const PHONE_ARRIVALS: ReadonlySet<ArrivalKind> = new Set(["phone_added", "phone_left_out"]);

export function toArrivals(counts: readonly ArrivalCount[], alarmPerHour: number): Arrivals {
  const added = sumOf(counts, "phone_added");
  const leftOut = sumOf(counts, "phone_left_out");
  return {
    added,
    leftOut,
    refusals: sumOf(counts, "refusal_left_out"),
    phoneNetworks: networksOf(counts.filter(({ kind }) => PHONE_ARRIVALS.has(kind))),
    refusalNetworks: networksOf(counts.filter(({ kind }) => kind === "refusal_left_out")),
    isAlarm: leftOut > 0 || added > alarmPerHour,
  };
}

function sumOf(counts: readonly ArrivalCount[], kind: ArrivalKind): number {
  return counts.reduce((sum, one) => sum + (one.kind === kind ? one.count : 0), 0);
}

function networksOf(counts: readonly ArrivalCount[]): readonly NetworkCount[] {
  const named = counts.filter(({ network }) => network !== "");
  return [...Map.groupBy(named, ({ side, network }) => `${side} ${network}`).values()]
    .map((same) => ({
      network: same[0]?.network ?? "",
      side: same[0]?.side ?? "internal",
      count: same.reduce((sum, { count }) => sum + count, 0),
    }))
    .toSorted((left, right) => right.count - left.count)
    .slice(0, MAX_NETWORKS);
}
