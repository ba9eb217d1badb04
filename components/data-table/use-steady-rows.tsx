"use client";

import { useState } from "react";
import { allOf, keepSteady } from "#components/data-table/steady-rows";
import type { MissingRows, SteadyRows } from "#components/data-table/steady-rows";
import { useLiveRefreshing } from "#components/ui/live-refreshing";

type SteadyRowsParameters<Row> = {
  /** The rows as they were loaded last. */
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly missingRows: MissingRows | undefined;
  /** The search, order and page; another one shows its rows at once. */
  readonly stateKey: string;
};

/** The rows to show: those of a live refresh in place, and any others, such as those after an action, as they come. */
export function useSteadyRows<Row>({
  rows,
  rowId,
  missingRows = "gone",
  stateKey,
}: SteadyRowsParameters<Row>): SteadyRows<Row> & { readonly showNewest: () => void } {
  const isLive = useLiveRefreshing();
  const [state, setState] = useState({ loaded: rows, stateKey, steady: allOf(rows) });
  let current = state;
  if (state.loaded !== rows || state.stateKey !== stateKey) {
    current = {
      loaded: rows,
      stateKey,
      steady:
        isLive && state.stateKey === stateKey
          ? keepSteady(state.steady.rows, rows, { rowId, missingRows })
          : allOf(rows),
    };
    setState(current);
  }
  return {
    ...current.steady,
    showNewest: () => setState({ loaded: rows, stateKey, steady: allOf(rows) }),
  };
}
