/**
 * What it means that newer data of a page lacks a row: it is gone from the list, or it has probably only moved to another
 * page, because newer rows constantly push older ones on.
 */
export type MissingRows = "gone" | "moved";

/** Rows that stay where they are while newer data arrives. */
export type SteadyRows<Row> = {
  /** The rows in the order in which they are read, each as it is now; missing ones are shown as they were. */
  readonly rows: readonly Row[];
  /** The ids of rows that are gone from the list. */
  readonly goneIds: ReadonlySet<string>;
  /** The number of rows of the newest data that are not shown. */
  readonly newCount: number;
  /** Whether the newest data has other rows than those that are shown. */
  readonly isOutdated: boolean;
};

export type SteadyRowsOptions<Row> = {
  readonly rowId: (row: Row) => string;
  readonly missingRows: MissingRows;
};

/** Newer data in place: known rows change, no row moves, and new ones wait until the reader asks for them. */
export function keepSteady<Row>(
  shown: readonly Row[],
  newest: readonly Row[],
  { rowId, missingRows }: SteadyRowsOptions<Row>,
): SteadyRows<Row> {
  // There is nothing to read in an empty list, so nothing can move.
  if (shown.length === 0) {
    return allOf(newest);
  }
  const byId = new Map(newest.map((row) => [rowId(row), row] as const));
  const ids = new Set(shown.map(rowId));
  const missingIds = new Set([...ids].filter((id) => !byId.has(id)));
  const newCount = [...byId.keys()].filter((id) => !ids.has(id)).length;
  return {
    rows: shown.map((row) => byId.get(rowId(row)) ?? row),
    goneIds: missingRows === "gone" ? missingIds : new Set(),
    newCount,
    isOutdated: newCount > 0 || missingIds.size > 0,
  };
}

export function allOf<Row>(rows: readonly Row[]): SteadyRows<Row> {
  return { rows, goneIds: new Set(), newCount: 0, isOutdated: false };
}
