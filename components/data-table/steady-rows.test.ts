import { expect, test } from "vitest";
import { allOf, keepSteady } from "#components/data-table/steady-rows";

type Row = { readonly id: string; readonly state: string };

const row = (id: string, state = "queued"): Row => ({ id, state });
const idOf = ({ id }: Row) => id;

test("cells change in place, and new rows wait", () => {
  const shown = [row("b"), row("a")];
  const newest = [row("d"), row("c"), row("b", "succeeded"), row("a")];

  expect(keepSteady(shown, newest, idOf)).toEqual({
    rows: [row("b", "succeeded"), row("a")],
    leftIds: new Set(),
    newCount: 2,
  });
});

test("a row that is pushed to another page or left the list stays, and is known as such", () => {
  const { rows, leftIds, newCount } = keepSteady([row("b"), row("a")], [row("c"), row("b")], idOf);

  expect(rows.map(idOf)).toEqual(["b", "a"]);
  expect([...leftIds]).toEqual(["a"]);
  expect(newCount).toBe(1);
});

test("another order of the same rows moves none", () => {
  const { rows } = keepSteady([row("a"), row("b")], [row("b"), row("a")], idOf);
  expect(rows.map(idOf)).toEqual(["a", "b"]);
});

test("the first rows of an empty list are shown at once", () => {
  expect(keepSteady([], [row("a")], idOf)).toEqual(allOf([row("a")]));
});
