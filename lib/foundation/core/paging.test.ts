import { expect, test } from "vitest";
import { lastPage, pageWindow } from "#foundation/core/paging";

test("skips the pages before", () => {
  expect(pageWindow(3, 25)).toEqual({ skip: 50, take: 25 });
});

test("takes a page below 1 for the first", () => {
  expect(pageWindow(-4, 25)).toEqual({ skip: 0, take: 25 });
});

test.each([
  [0, 1],
  [25, 1],
  [26, 2],
])("%i rows of 25 a page end on page %i", (total, page) => {
  expect(lastPage(total, 25)).toBe(page);
});
