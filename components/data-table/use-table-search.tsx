"use client";

import { debounce, useQueryStates } from "nuqs";
import type { UseQueryStatesKeysMap } from "nuqs";
import { useTransition } from "react";
import { fitQuery, unknownValues } from "#components/data-table/fit-view";
import {
  isNarrowed,
  membershipKey,
  nextSort,
  toTableState,
} from "#components/data-table/table-state";
import type { Order, TableState } from "#components/data-table/table-state";

const SEARCH_DELAY_MS = 300;

/** Whether Back leads to the query before. */
export type HistoryEntry = "push" | "replace";

export type TableSearch = {
  readonly state: TableState;
  /** Whether the descriptor has a search text. */
  readonly isSearchable: boolean;
  readonly isNarrowed: boolean;
  readonly membershipKey: string;
  /** A key of everything that decides which rows are shown, and where. */
  readonly stateKey: string;
  /** The server is loading rows for the current URL; the shown rows are the previous ones. */
  readonly isPending: boolean;
  readonly searchFor: (text: string) => void;
  readonly filterBy: (key: string, chosen: readonly string[] | null) => void;
  readonly sortBy: (column: string, order?: Order) => void;
  readonly goTo: (page: number) => void;
  readonly showPerPage: (size: number) => void;
  readonly clear: () => void;
  /** The query of the URL at the time of the call, without the page. */
  readonly currentQuery: () => string;
  /** The parameters of a query that the list drops, because it does not know their values. */
  readonly unknownIn: (query: string) => readonly string[];
  /** Sets the whole query, and returns its parameters that the list does not have. */
  readonly setQuery: (query: string, history: HistoryEntry) => readonly string[];
};

/**
 * The state of a table, which is only in the URL. Takes the descriptor that the page uses on the server: `q`, `sort`,
 * `order`, `page` and `size` have the same meaning in every table and are optional, except `page`. Every other key is a
 * filter.
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

  function parse(key: string, text: string): unknown {
    const parser = descriptor[key];
    return parser?.type === "multi" ? parser.parse([text]) : (parser?.parse(text) ?? null);
  }

  // Every change except paging returns to the first page, because there may be fewer pages.
  return {
    state,
    isSearchable: "q" in descriptor,
    isNarrowed: isNarrowed(state),
    membershipKey: membershipKey(state),
    stateKey: JSON.stringify(state),
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
    currentQuery: () => {
      const query = new URLSearchParams(window.location.search);
      for (const key of [...query.keys()]) {
        if (key === "page" || !(key in descriptor)) {
          query.delete(key);
        }
      }
      return query.toString();
    },
    unknownIn: (query) => unknownValues(query, Object.keys(descriptor), parse),
    setQuery: (query, history) => {
      const { values: fitting, misfits } = fitQuery(query, parse);
      const nothing = Object.fromEntries(Object.keys(descriptor).map((key) => [key, null]));
      void setValues({ ...nothing, ...fitting }, { history });
      return misfits;
    },
    clear: () => {
      const filters = Object.keys(state.filters).map((key) => [key, null] as const);
      void setValues({ ...Object.fromEntries(filters), q: null, page: null });
    },
  };
}
