import { expect, test } from "vitest";
import { toStartInput } from "#firmware/imports/start-query";

test("reads one pool, several, or all", () => {
  const file = "fileName=UCUpdates.cab";

  expect(toStartInput(new URLSearchParams(`${file}&pool=A.contoso.com&pool=b`)).pools).toEqual({
    fqdns: ["a.contoso.com", "b"],
  });
  expect(toStartInput(new URLSearchParams(`${file}&allPools=true`)).pools).toEqual({ all: true });
});

test("keeps only the file name of a path", () => {
  const query = new URLSearchParams({ fileName: "C:\\fakepath\\UCUpdates.cab", allPools: "true" });

  expect(toStartInput(query).fileName).toBe("UCUpdates.cab");
});

test.each([
  ["pool=a", "query.fileName"],
  ["fileName=a.cab", "query.pool"],
  ["fileName=a.cab&pool=a&allPools=true", "query.pool"],
  ["fileName=a.cab&pool=", "query.pool"],
  ["fileName=a.cab&pool=a&allPools=yes", "query.allPools"],
  ["fileName=a.cab&fileName=b.cab&pool=a", "query.fileName"],
  ["fileName=a.cab&allPools=false", "query.pool"],
  ["fileName=a.cab&allPools=true&pools=a", "query.pools"],
  ["fileName=a.cab&allPools=true&mismatchReason=", "query.mismatchReason"],
  [`fileName=${"a".repeat(300)}&allPools=true`, "query.fileName"],
])("refuses %s and reports %s", (query, path) => {
  expect(() => toStartInput(new URLSearchParams(query))).toThrow(
    expect.objectContaining({
      code: "invalid_input",
      fields: [expect.objectContaining({ path })],
    }),
  );
});
