import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { expect, test } from "vitest";
import { fitColumns, fitQuery, unknownValues } from "#components/data-table/fit-view";

const PARSERS = new Map<string, { readonly parse: (text: string) => unknown }>([
  ["q", parseAsString],
  ["state", parseAsArrayOf(parseAsStringLiteral(["due", "fine"]))],
  ["model", parseAsArrayOf(parseAsString)],
  ["sort", parseAsStringLiteral(["model"])],
  ["size", parseAsInteger],
]);

function fit(query: string) {
  return fitQuery(query, (key, text) => PARSERS.get(key)?.parse(text) ?? null);
}

test("reads the whole query of a view that fits", () => {
  expect(fit("q=CX+600&state=due,fine&model=a%252Cb,c&sort=model&size=25")).toEqual({
    values: {
      q: "CX 600",
      state: ["due", "fine"],
      model: ["a,b", "c"],
      sort: "model",
      size: 25,
    },
    misfits: [],
  });
});

test("uses what still fits, and names the rest", () => {
  expect(fit("q=x&site=Berlin&state=due,broken&sort=colour&size=many")).toEqual({
    values: { q: "x", state: ["due"] },
    misfits: ["site=Berlin", "state=broken", "sort=colour", "size=many"],
  });
  expect(fit("state=broken")).toEqual({ values: {}, misfits: ["state=broken"] });
});

test("shows the columns of a view that the table has, and names the others", () => {
  expect(fitColumns(["model", "colour"], ["model", "version"])).toEqual({
    visibility: { model: true, version: false },
    misfits: ["colour"],
  });
});

test("the values of an address that a list does not know are named, and what is not the list's is left alone", () => {
  const unknown = (query: string) =>
    unknownValues(query, [...PARSERS.keys()], (key, text) => PARSERS.get(key)?.parse(text) ?? null);
  expect(unknown("?state=bogus&size=many")).toEqual(["state=bogus", "size=many"]);
  expect(unknown("?tab=2&page=x&state=")).toEqual([]);
  expect(unknown("")).toEqual([]);
});
