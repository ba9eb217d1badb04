/** The pure part of the data table: what the address says, and what a click makes of it. */

/** Keys of a descriptor that mean the same in every table. All others are filters. */
const COMMON_KEYS: readonly string[] = ["q", "sort", "order", "page", "size"];

export type Order = "asc" | "desc";

export type TableState = {
  readonly q: string;
  readonly sort: string;
  readonly order: Order;
  readonly page: number;
  readonly size: number | null;
  /** Chosen values per filter; only filters with something chosen. */
  readonly filters: Readonly<Record<string, readonly string[]>>;
};

/** Reads what the address holds. A descriptor may leave out what its table does not have. */
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

/** Nothing found means something else when nothing was asked for. */
export function isNarrowed({ q, filters }: TableState): boolean {
  return q !== "" || Object.keys(filters).length > 0;
}

/** Everything that decides which rows belong to the list: a selection is only good for one such set. */
export function membershipKey({ q, filters }: TableState): string {
  const sorted = Object.entries(filters).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([q, sorted]);
}

/** The same column again turns the order round; another column starts ascending. */
export function nextSort(
  { sort, order }: Pick<TableState, "sort" | "order">,
  column: string,
): { readonly sort: string; readonly order: Order } {
  const isTurned = sort === column && order === "asc";
  return { sort: column, order: isTurned ? "desc" : "asc" };
}

/** The empty choice means "any", so a filter in which nothing is chosen leaves the address. */
export function toggleChosen(chosen: readonly string[], value: string): readonly string[] | null {
  const next = chosen.includes(value)
    ? chosen.filter((other) => other !== value)
    : [...chosen, value];
  return next.length === 0 ? null : next;
}

/** Numbers, counted from 1, of the first and last row on a page. */
export function rowRange(
  page: number,
  pageSize: number,
  total: number,
): { readonly from: number; readonly to: number } {
  return { from: Math.min(total, (page - 1) * pageSize + 1), to: Math.min(total, page * pageSize) };
}

/**
 * Remembers the rows that are chosen, also those of other pages, because an action on them has to say what it
 * will do to each. Rows of this page are taken as they are now.
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

/** What was remembered about columns, as far as it makes sense. */
export function parseColumnVisibility(text: string): Record<string, boolean> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null) {
      return {};
    }
    return Object.fromEntries(
      Object.entries(parsed).filter(
        (entry): entry is [string, boolean] => typeof entry[1] === "boolean",
      ),
    );
  } catch {
    // Somebody or something else wrote to the browser's storage; the table's own defaults are as good.
    return {};
  }
}
