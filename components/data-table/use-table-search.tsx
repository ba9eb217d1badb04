"use client";

import { debounce, useQueryStates } from "nuqs";
import type { UseQueryStatesKeysMap } from "nuqs";
import { useTransition } from "react";
import {
  isNarrowed,
  membershipKey,
  nextSort,
  toTableState,
} from "#components/data-table/table-state";
import type { Order, TableState } from "#components/data-table/table-state";

const SEARCH_DELAY_MS = 300;

export type TableSearch = {
  readonly state: TableState;
  /** The descriptor has a search text. */
  readonly isSearchable: boolean;
  readonly isNarrowed: boolean;
  readonly membershipKey: string;
  /** The server is working on what the address says now; the rows are still those of before. */
  readonly isPending: boolean;
  readonly searchFor: (text: string) => void;
  readonly filterBy: (key: string, chosen: readonly string[] | null) => void;
  readonly sortBy: (column: string, order?: Order) => void;
  readonly goTo: (page: number) => void;
  readonly showPerPage: (size: number) => void;
  readonly clear: () => void;
};

/**
 * A table's state, which lives in the address and nowhere else. Takes the same descriptor with which the page
 * read it on the server: `q`, `sort`, `order`, `page`, `size` mean the same in every table and may be left out,
 * except `page`; every other key is a filter.
 */
export function useTableSearch(
  descriptor: UseQueryStatesKeysMap & { readonly page: UseQueryStatesKeysMap[string] },
): TableSearch {
  const [isPending, startTransition] = useTransition();
  const [values, setValues] = useQueryStates<UseQueryStatesKeysMap>(descriptor, {
    shallow: false,
    startTransition,
  });
  const state = toTableState(values);

  // Fewer rows may mean fewer pages, so everything but paging goes back to the first.
  return {
    state,
    isSearchable: "q" in descriptor,
    isNarrowed: isNarrowed(state),
    membershipKey: membershipKey(state),
    isPending,
    searchFor: (text) => {
      const limit = text === "" ? {} : { limitUrlUpdates: debounce(SEARCH_DELAY_MS) };
      void setValues({ q: text, page: null }, limit);
    },
    filterBy: (key, chosen) => {
      void setValues({ [key]: chosen, page: null });
    },
    sortBy: (column, order) => {
      const next = order === undefined ? nextSort(state, column) : { sort: column, order };
      void setValues({ ...next, page: null });
    },
    goTo: (page) => {
      void setValues({ page }, { history: "push", scroll: true });
    },
    showPerPage: (size) => {
      void setValues({ size, page: null });
    },
    clear: () => {
      const filters = Object.keys(state.filters).map((key) => [key, null] as const);
      void setValues({ ...Object.fromEntries(filters), q: null, page: null });
    },
  };
}
