import { expect, test } from "vitest";
import { ChunkCache } from "#firmware/files/server/chunk-cache";

/** A disk that says how often it was read. */
function aDisk() {
  const disk = {
    readings: 0,
    read: async (): Promise<Buffer> => {
      disk.readings += 1;
      await Promise.resolve();
      return Buffer.alloc(10);
    },
  };
  return disk;
}

test("reads a piece once for all who want it, at the same time or later", async () => {
  const disk = aDisk();
  const cache = new ChunkCache(100);

  const [one, two] = await Promise.all([cache.get("a", disk.read), cache.get("a", disk.read)]);

  expect(two).toBe(one);
  expect(await cache.get("a", disk.read)).toBe(one);
  expect(disk.readings).toBe(1);
});

test("forgets what was wanted longest ago when there is no more room", async () => {
  const disk = aDisk();
  const cache = new ChunkCache(20);
  for (const key of ["a", "b", "a", "c"]) {
    await cache.get(key, disk.read);
  }
  expect(disk.readings).toBe(3);

  await cache.get("a", disk.read);
  expect(disk.readings).toBe(3);
  await cache.get("b", disk.read);
  expect(disk.readings).toBe(4);
});

test("a failure is told to whoever waited for it, and the next one tries again", async () => {
  const disk = aDisk();
  const cache = new ChunkCache(100);
  const fail = () => Promise.reject(new Error("the disk is broken"));

  const first = cache.get("a", fail);
  const second = cache.get("a", disk.read);

  await expect(first).rejects.toThrow("broken");
  await expect(second).rejects.toThrow("broken");
  await expect(cache.get("a", disk.read)).resolves.toHaveLength(10);
});
