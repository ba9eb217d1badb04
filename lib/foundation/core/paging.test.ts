import { expect, test } from "vitest";
import { findPage, lastPage, pageWindow, pageWithin } from "#foundation/core/paging";

test("skips the previous pages", () => {
  expect(pageWindow(3, 25)).toEqual({ skip: 50, take: 25 });
});

test("treats a page below 1 as the first", () => {
  expect(pageWindow(-4, 25)).toEqual({ skip: 0, take: 25 });
});

test.each([
  [0, 1],
  [25, 1],
  [26, 2],
])("returns for %i rows of 25 a page the last page %i", (total, page) => {
  expect(lastPage(total, 25)).toBe(page);
});

test.each([
  [-4, 1],
  [2, 2],
  [9, 3],
])("returns for page %i of three the page %i", (asked, shown) => {
  expect(pageWithin(75, asked, 25)).toBe(shown);
});

test.each([
  [0, 1, [0]],
  [3, 3, [50]],
  [4, 3, [75, 50]],
])("finds for page %i of three the page %i", async (asked, shown, skips) => {
  const skipped: number[] = [];
  const found = await findPage(asked, 25, ({ skip, take }) => {
    skipped.push(skip);
    return Promise.resolve({ rows: [skip, take], total: 75 });
  });

  expect(found).toEqual({ rows: [skips.at(-1), 25], total: 75, page: shown });
  expect(skipped).toEqual(skips);
});
