/** The pure part of the data table: its state in the URL, and how clicks change it. */

import { toQueryValues } from "#foundation/core/query-list";

/** Keys of a descriptor that have the same meaning in every table. All others are filters. */
const COMMON_KEYS: readonly string[] = ["q", "sort", "order", "page", "size"];

export type Order = "asc" | "desc";

export type TableState = {
  readonly q: string;
  readonly sort: string;
  readonly order: Order;
  readonly page: number;
  readonly size: number | null;
  /** The chosen values of each filter that has any. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
};

/** Reads the state from the URL's values. A descriptor may omit keys that its table does not use. */
export function toTableState(values: Readonly<Record<string, unknown>>): TableState {
  const { q, sort, order, page, size } = values;
  const filters = Object.entries(values)
    .filter(([key]) => !COMMON_KEYS.includes(key))
    .map(([key, value]) => [key, toChosen(value)] as const)
    .filter(([, chosen]) => chosen.length > 0);
  return {
    q: typeof q === "string" ? q : "",
    sort: typeof sort === "string" ? sort : "",
    order: order === "desc" ? "desc" : "asc",
    page: typeof page === "number" ? Math.max(1, page) : 1,
    size: typeof size === "number" ? size : null,
    filters: Object.fromEntries(filters),
  };
}

function toChosen(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((item) => {
    if (typeof item === "string") {
      return item === "" ? [] : [item];
    }
    return typeof item === "number" || typeof item === "boolean" ? [String(item)] : [];
  });
}

/** Whether a search or filter is set. If none is, an empty result means an empty list. */
export function isNarrowed({ q, filters }: TableState): boolean {
  return q !== "" || Object.keys(filters).length > 0;
}

/** A key of everything that decides which rows belong to the list. A selection is valid for one key only. */
export function membershipKey({ q, filters }: TableState): string {
  const sorted = Object.entries(filters).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([q, sorted]);
}

/** Sorting by the same column again reverses the order; another column starts ascending. */
export function nextSort(
  { sort, order }: Pick<TableState, "sort" | "order">,
  column: string,
): { readonly sort: string; readonly order: Order } {
  const isTurned = sort === column && order === "asc";
  return { sort: column, order: isTurned ? "desc" : "asc" };
}

/** Returns null for an empty choice, which means any value, so that the filter is removed from the URL. */
export function toggleChosen(chosen: readonly string[], value: string): readonly string[] | null {
  const next = chosen.includes(value)
    ? chosen.filter((other) => other !== value)
    : [...chosen, value];
  return next.length === 0 ? null : next;
}

/** The path of an export of all rows that match, in the order of the table. `path` may have a query of its own. */
export function toExportPath(
  path: string,
  { q, sort, order, filters }: TableState,
  format: string,
): string {
  const [base = "", own = ""] = path.split("?");
  const query = new URLSearchParams(own);
  query.set("format", format);
  if (q !== "") {
    query.set("q", q);
  }
  if (sort !== "") {
    query.set("sort", sort);
    query.set("order", order);
  }
  for (const [key, chosen] of Object.entries(filters)) {
    query.set(key, toQueryValues(chosen));
  }
  return `${base}?${query.toString()}`;
}

/** The numbers of the first and last row on a page, counted from 1. */
export function rowRange(
  page: number,
  pageSize: number,
  total: number,
): { readonly from: number; readonly to: number } {
  return { from: Math.min(total, (page - 1) * pageSize + 1), to: Math.min(total, page * pageSize) };
}

/**
 * Updates the selected rows. Those of other pages are kept, because an action has to show what it does to each. Those of
 * this page are replaced by their current versions.
 */
export function chooseRows<Row>(
  before: ReadonlyMap<string, Row>,
  ids: readonly string[],
  onPage: ReadonlyMap<string, Row>,
): ReadonlyMap<string, Row> {
  return new Map(
    ids.flatMap((id) => {
      const row = onPage.get(id) ?? before.get(id);
      return row === undefined ? [] : [[id, row] as const];
    }),
  );
}
