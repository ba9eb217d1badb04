import { expect, test } from "vitest";
import { evictOldest } from "#foundation/core/evict-oldest";

test("removes nothing up to the limit", () => {
  const map = new Map([["a", 1]]);
  expect(evictOldest(map, 1)).toBeNull();
  expect([...map.keys()]).toEqual(["a"]);
  expect(evictOldest(new Map(), 0)).toBeNull();
});

test("removes and returns the entry that was set first", () => {
  const map = new Map([
    ["a", 1],
    ["b", 2],
  ]);
  map.delete("a");
  map.set("a", 3);
  expect(evictOldest(map, 1)).toEqual(["b", 2]);
  expect([...map]).toEqual([["a", 3]]);
});
