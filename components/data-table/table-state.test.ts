import { expect, test } from "vitest";
import {
  chooseRows,
  isNarrowed,
  membershipKey,
  nextSort,
  rowRange,
  toExportPath,
  toTableState,
  toggleChosen,
} from "#components/data-table/table-state";

const EVERYTHING = { q: "", sort: "model", order: "asc", page: 1, brand: [], pool: [] };

test("treats every key that is not common to all tables as a filter", () => {
  expect(
    toTableState({ ...EVERYTHING, brand: ["Polycom", "Aastra"], subject: "42", size: 50 }),
  ).toEqual({
    q: "",
    sort: "model",
    order: "asc",
    page: 1,
    size: 50,
    filters: { brand: ["Polycom", "Aastra"], subject: ["42"] },
  });
});

test("a descriptor may leave out search, sorting and page size", () => {
  expect(toTableState({ page: 3 })).toEqual({
    q: "",
    sort: "",
    order: "asc",
    page: 3,
    size: null,
    filters: {},
  });
});

test("returns the first page for a page below it", () => {
  expect(toTableState({ page: -7 }).page).toBe(1);
});

test.each([
  [EVERYTHING, false],
  [{ ...EVERYTHING, page: 4, order: "desc" }, false],
  [{ ...EVERYTHING, q: "cx" }, true],
  [{ ...EVERYTHING, brand: ["Polycom"] }, true],
])("%j asks for less than everything: %s", (values, expected) => {
  expect(isNarrowed(toTableState(values))).toBe(expected);
});

test("keeps a selection when order or page change, but not when search or filters change", () => {
  const key = (values: Record<string, unknown>) => membershipKey(toTableState(values));
  expect(key({ ...EVERYTHING, page: 2, sort: "brand", order: "desc" })).toBe(key(EVERYTHING));
  expect(key({ ...EVERYTHING, q: "cx" })).not.toBe(key(EVERYTHING));
  expect(key({ ...EVERYTHING, brand: ["Polycom"] })).not.toBe(key(EVERYTHING));
});

test("the order of filters in the address does not change which rows belong", () => {
  const one = toTableState({ brand: ["a"], pool: ["b"] });
  const other = toTableState({ pool: ["b"], brand: ["a"] });
  expect(membershipKey(one)).toBe(membershipKey(other));
});

test.each([
  [{ sort: "model", order: "asc" }, "model", { sort: "model", order: "desc" }],
  [{ sort: "model", order: "desc" }, "model", { sort: "model", order: "asc" }],
  [{ sort: "model", order: "desc" }, "brand", { sort: "brand", order: "asc" }],
] as const)("%j and a click on %s give %j", (state, column, expected) => {
  expect(nextSort(state, column)).toEqual(expected);
});

test("choosing a value twice removes it, and an empty choice removes the filter from the URL", () => {
  expect(toggleChosen([], "a")).toEqual(["a"]);
  expect(toggleChosen(["a", "b"], "a")).toEqual(["b"]);
  expect(toggleChosen(["a"], "a")).toBeNull();
});

test.each([
  [1, 120, { from: 1, to: 50 }],
  [3, 120, { from: 101, to: 120 }],
  [1, 0, { from: 0, to: 0 }],
])("page %d of 50 rows each out of %d shows %j", (page, total, expected) => {
  expect(rowRange(page, 50, total)).toEqual(expected);
});

test("keeps selected rows of other pages, and refreshes those of this page", () => {
  const before = new Map([
    ["1", "old"],
    ["2", "old"],
    ["3", "old"],
  ]);
  const onPage = new Map([
    ["2", "new"],
    ["4", "new"],
  ]);
  expect([...chooseRows(before, ["1", "2", "4", "unknown"], onPage)]).toEqual([
    ["1", "old"],
    ["2", "new"],
    ["4", "new"],
  ]);
});

test("exports what the table shows: its search, filters and order, but no page", () => {
  const state = toTableState({ ...EVERYTHING, q: "CX 600", page: 3, brand: ["a,b", "c"] });
  const path = toExportPath("/api/exports/rules?view=pending", state, "csv");
  const { pathname, searchParams } = new URL(path, "http://panel");
  expect(pathname).toBe("/api/exports/rules");
  expect(Object.fromEntries(searchParams)).toEqual({
    view: "pending",
    format: "csv",
    q: "CX 600",
    sort: "model",
    order: "asc",
    brand: "a%2Cb,c",
  });
});
