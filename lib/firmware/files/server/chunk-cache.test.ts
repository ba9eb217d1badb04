import { expect, test } from "vitest";
import { ChunkCache } from "#firmware/files/server/chunk-cache";

/** A disk that counts its reads. */
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

test("reads a chunk once for concurrent and later requests", async () => {
  const disk = aDisk();
  const cache = new ChunkCache(100);

  const [one, two] = await Promise.all([cache.get("a", disk.read), cache.get("a", disk.read)]);

  expect(two).toBe(one);
  expect(await cache.get("a", disk.read)).toBe(one);
  expect(disk.readings).toBe(1);
});

test("evicts the least recently used chunk when the cache is full", async () => {
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

test("rejects all waiting requests on a failure, and retries for the next request", async () => {
  const disk = aDisk();
  const cache = new ChunkCache(100);
  const fail = () => Promise.reject(new Error("the disk is broken"));

  const first = cache.get("a", fail);
  const second = cache.get("a", disk.read);

  await expect(first).rejects.toThrow("broken");
  await expect(second).rejects.toThrow("broken");
  await expect(cache.get("a", disk.read)).resolves.toHaveLength(10);
});
