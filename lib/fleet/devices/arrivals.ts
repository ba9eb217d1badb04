import type { Side } from "#fleet/devices/model";

/** What is counted of strangers: see `ArrivalCount` in the schema of the database. */
export const ARRIVAL_KINDS = ["phone_added", "phone_left_out", "refusal_left_out"] as const;
export type ArrivalKind = (typeof ARRIVAL_KINDS)[number];

export type ArrivalCount = {
  readonly kind: ArrivalKind;
  readonly side: Side;
  /** Empty for those that are not counted one by one. */
  readonly network: string;
  readonly count: number;
};

/** What strangers did within an hour, as administrators are told it. */
export type Arrivals = {
  readonly added: number;
  /** Checks of phones that are not in the inventory, because too many came at once. */
  readonly leftOut: number;
  /** Refused checks that are not in the check log. */
  readonly refusals: number;
  /** Where most of the new phones came from, most first. */
  readonly phoneNetworks: readonly NetworkCount[];
  readonly refusalNetworks: readonly NetworkCount[];
  /** More new phones than is usual, or some that were left out. */
  readonly isAlarm: boolean;
};

export type NetworkCount = {
  readonly network: string;
  readonly side: Side;
  readonly count: number;
};

const MAX_NETWORKS = 5;

export function toArrivals(counts: readonly ArrivalCount[], alarmPerHour: number): Arrivals {
  const added = sumOf(counts, "phone_added");
  const leftOut = sumOf(counts, "phone_left_out");
  return {
    added,
    leftOut,
    refusals: sumOf(counts, "refusal_left_out"),
    phoneNetworks: networksOf(counts.filter(({ kind }) => kind !== "refusal_left_out")),
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
