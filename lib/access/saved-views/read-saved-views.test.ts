import { expect, test } from "vitest";
import { readSavedViews } from "#access/saved-views/read-saved-views";

const view = {
  id: "0b6c4c33-3a40-4a5c-9d2d-6d1f6f0d2f10",
  list: "devices",
  name: "Berlin",
  query: "q=berlin",
  columns: ["model"],
  isShared: false,
  ownerName: "admin",
  isChangeable: true,
  isDefault: true,
};

test("returns the views of an answer, with and without columns", () => {
  const answer = { views: [view, { ...view, columns: null }], mayShare: true };
  expect(readSavedViews(answer)).toEqual(answer);
  expect(readSavedViews({ views: [], mayShare: false })).toEqual({ views: [], mayShare: false });
});

test.each([
  ["no object", "views"],
  ["null", null],
  ["no views", { mayShare: true }],
  ["no permission", { views: [] }],
  ["a view that is no object", { views: [null], mayShare: true }],
  ["a view without a name", { views: [{ ...view, name: undefined }], mayShare: true }],
  ["a flag that is a text", { views: [{ ...view, isDefault: "true" }], mayShare: true }],
  ["a column that is a number", { views: [{ ...view, columns: [1] }], mayShare: true }],
])("returns null for %s", (_case, body) => {
  expect(readSavedViews(body)).toBeNull();
});
