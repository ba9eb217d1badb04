"use client";

import type { RowSelectionState, Updater } from "@tanstack/react-table";
import { useState } from "react";
import { chooseRows } from "#components/data-table/table-state";

/** The rows for a bulk action. */
export type Selection<Row> =
  | {
      readonly kind: "rows";
      readonly ids: readonly string[];
      /** The rows as they were last loaded. */
      readonly rows: readonly Row[];
      readonly count: number;
      readonly clear: () => void;
    }
  /** All rows that match the URL, on all pages. The action gets the search instead of a list. */
  | { readonly kind: "matching"; readonly count: number; readonly clear: () => void };

type SelectionParameters<Row> = {
  readonly membershipKey: string;
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly total: number;
};

type SelectionControl<Row> = {
  readonly selection: Selection<Row>;
  readonly rowSelection: RowSelectionState;
  readonly onRowSelectionChange: (updater: Updater<RowSelectionState>) => void;
  readonly selectMatching: () => void;
};

type Remembered<Row> = {
  readonly membershipKey: string;
  readonly chosen: ReadonlyMap<string, Row>;
  readonly isMatching: boolean;
};

/** The selection, which is the only table state in the client. A changed search or filter clears it. */
export function useSelection<Row>({
  membershipKey,
  rows,
  rowId,
  total,
}: SelectionParameters<Row>): SelectionControl<Row> {
  const nothing: Remembered<Row> = { membershipKey, chosen: new Map(), isMatching: false };
  const [remembered, setRemembered] = useState(nothing);
  const { chosen, isMatching } = remembered.membershipKey === membershipKey ? remembered : nothing;

  const onPage = new Map(rows.map((row) => [rowId(row), row] as const));
  const current = chooseRows(chosen, [...chosen.keys()], onPage);
  const shownIds = isMatching ? [...onPage.keys()] : [...current.keys()];
  const rowSelection = Object.fromEntries(shownIds.map((id) => [id, true] as const));
  const clear = (): void => setRemembered(nothing);

  return {
    selection: isMatching
      ? { kind: "matching", count: total, clear }
      : {
          kind: "rows",
          ids: [...current.keys()],
          rows: [...current.values()],
          count: current.size,
          clear,
        },
    rowSelection,
    onRowSelectionChange: (updater) => {
      const next = typeof updater === "function" ? updater(rowSelection) : updater;
      const ids = Object.keys(next).filter((id) => next[id] === true);
      setRemembered({ membershipKey, chosen: chooseRows(chosen, ids, onPage), isMatching: false });
    },
    selectMatching: () => setRemembered({ membershipKey, chosen: new Map(), isMatching: true }),
  };
}
