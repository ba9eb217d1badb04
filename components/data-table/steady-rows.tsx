/** Rows that stay where they are while newer data arrives. */
export type SteadyRows<Row> = {
  /** The rows in the order in which they are read, each as it is now. */
  readonly rows: readonly Row[];
  /** The ids of rows that the newest data does not have on this page; they are shown as they were. */
  readonly leftIds: ReadonlySet<string>;
  /** The number of rows of the newest data that are not shown. */
  readonly newCount: number;
};

/** Newer data in place: known rows change, no row moves, and new ones wait until the reader asks for them. */
export function keepSteady<Row>(
  shown: readonly Row[],
  newest: readonly Row[],
  rowId: (row: Row) => string,
): SteadyRows<Row> {
  // There is nothing to read in an empty list, so nothing can move.
  if (shown.length === 0) {
    return allOf(newest);
  }
  const byId = new Map(newest.map((row) => [rowId(row), row] as const));
  const ids = new Set(shown.map(rowId));
  return {
    rows: shown.map((row) => byId.get(rowId(row)) ?? row),
    leftIds: new Set([...ids].filter((id) => !byId.has(id))),
    newCount: [...byId.keys()].filter((id) => !ids.has(id)).length,
  };
}

export function allOf<Row>(rows: readonly Row[]): SteadyRows<Row> {
  return { rows, leftIds: new Set(), newCount: 0 };
}
