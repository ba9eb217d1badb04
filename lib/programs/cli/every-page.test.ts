import { expect, test } from "vitest";
import { everyPage } from "#programs/cli/every-page";

function pagesOf(all: readonly number[], size: number) {
  const read: number[] = [];
  return {
    read,
    readPage: (page: number) => {
      read.push(page);
      const items = all.slice((page - 1) * size, page * size);
      return Promise.resolve({ items, total: all.length });
    },
  };
}

test("reads every page once", async () => {
  const { readPage, read } = pagesOf([1, 2, 3, 4, 5], 2);

  expect(await everyPage(readPage)).toEqual([1, 2, 3, 4, 5]);
  expect(read).toEqual([1, 2, 3]);
});

test("stops when it has enough items", async () => {
  const { readPage, read } = pagesOf([1, 2, 3, 4, 5], 2);

  expect(await everyPage(readPage, 3)).toEqual([1, 2, 3]);
  expect(read).toEqual([1, 2]);
});

test("ends when items disappear while it reads", async () => {
  const shrinking = (page: number) =>
    Promise.resolve({ items: page === 1 ? [1] : [], total: page === 1 ? 5 : 5 });

  expect(await everyPage(shrinking)).toEqual([1]);
});

test("takes nothing from a last page that is returned again", async () => {
  const pages = [
    { items: [1, 2], total: 5, page: 1 },
    { items: [1, 2], total: 2, page: 1 },
  ];

  expect(await everyPage((page) => Promise.resolve(pages[page - 1] ?? fail()))).toEqual([1, 2]);
});

function fail(): never {
  throw new Error("No page after the last one is read.");
}
