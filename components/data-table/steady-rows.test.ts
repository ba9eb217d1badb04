import { expect, test } from "vitest";
import { allOf, keepSteady } from "#components/data-table/steady-rows";
import type { SteadyRowsOptions } from "#components/data-table/steady-rows";

type Row = { readonly id: string; readonly state: string };

const row = (id: string, state = "queued"): Row => ({ id, state });
const idOf = ({ id }: Row) => id;
const GONE: SteadyRowsOptions<Row> = { rowId: idOf, missingRows: "gone" };
const MOVED: SteadyRowsOptions<Row> = { rowId: idOf, missingRows: "moved" };

test.each([GONE, MOVED])(
  "cells change in place, and new rows wait, if missing ones are $missingRows",
  (options) => {
    const shown = [row("b"), row("a")];
    const newest = [row("d"), row("c"), row("b", "succeeded"), row("a")];

    expect(keepSteady(shown, newest, options)).toEqual({
      rows: [row("b", "succeeded"), row("a")],
      goneIds: new Set(),
      newCount: 2,
      isOutdated: true,
    });
  },
);

test("a row that is gone from the list stays, and is known as such", () => {
  const { rows, goneIds, newCount } = keepSteady([row("b"), row("a")], [row("c"), row("b")], GONE);

  expect(rows.map(idOf)).toEqual(["b", "a"]);
  expect([...goneIds]).toEqual(["a"]);
  expect(newCount).toBe(1);
});

test("a row that newer rows pushed to another page stays as it was, and is not gone", () => {
  const shown = [row("b"), row("a", "succeeded")];

  expect(keepSteady(shown, [row("c"), row("b")], MOVED)).toEqual({
    rows: shown,
    goneIds: new Set(),
    newCount: 1,
    isOutdated: true,
  });
});

test("rows that were all pushed on stay until the newest ones are asked for", () => {
  const first = keepSteady([row("b"), row("a")], [row("d"), row("c")], MOVED);
  const second = keepSteady(first.rows, [row("e"), row("d")], MOVED);

  expect(second.rows.map(idOf)).toEqual(["b", "a"]);
  expect(second.newCount).toBe(2);
});

test.each([GONE, MOVED])(
  "a page that only lacks rows is outdated, if missing ones are $missingRows",
  (options) => {
    const { newCount, isOutdated } = keepSteady([row("b"), row("a")], [row("b")], options);

    expect(newCount).toBe(0);
    expect(isOutdated).toBe(true);
  },
);

test("another order of the same rows moves none, and is not offered", () => {
  const { rows, isOutdated } = keepSteady([row("a"), row("b")], [row("b"), row("a")], GONE);

  expect(rows.map(idOf)).toEqual(["a", "b"]);
  expect(isOutdated).toBe(false);
});

test("the first rows of an empty list are shown at once", () => {
  expect(keepSteady([], [row("a")], MOVED)).toEqual(allOf([row("a")]));
});
