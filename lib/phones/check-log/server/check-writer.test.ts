import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CheckWriter } from "#phones/check-log/server/check-writer";
import type { CheckWriterOptions } from "#phones/check-log/server/check-writer";
import type { RecordBatch } from "#phones/check-log/server/record-chunks";

class Refused extends Error {}

/** A fake database: a test sets whether it is available and which record it refuses. */
function aDatabase() {
  const stored: string[] = [];
  const database = {
    stored,
    batches: [] as number[],
    isAway: false,
    refused: "",
    write: (batch: RecordBatch): Promise<void> => {
      const records = recordsOf(batch);
      if (database.isAway) {
        return Promise.reject(new Error("away"));
      }
      if (records.includes(database.refused)) {
        return Promise.reject(new Refused());
      }
      database.batches.push(records.length);
      stored.push(...records);
      return Promise.resolve();
    },
  };
  return database;
}

function recordsOf({ bytes, ends }: RecordBatch): readonly string[] {
  return ends.map((end, index) => bytes.toString("utf8", ends[index - 1] ?? 0, end));
}

let database: ReturnType<typeof aDatabase>;
let writer: CheckWriter;

function aWriter(options: Partial<CheckWriterOptions> = {}): CheckWriter {
  return new CheckWriter({
    sink: "database",
    write: database.write,
    isRecordsFault: (error) => error instanceof Refused,
    // Space for four records of one character: each may need three bytes.
    chunkBytes: 6,
    mostChunks: 100,
    everyMs: 500,
    longestRetryMs: 2_000,
    stopWithinMs: 1_000,
    ...options,
  });
}

function push(...records: readonly string[]): void {
  for (const record of records) {
    writer.push(record);
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  database = aDatabase();
  writer = aWriter();
});

afterEach(async () => {
  const stopped = writer.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  await stopped;
  vi.useRealTimers();
});

test("writes buffered records in batches, in order", async () => {
  push("1", "2", "3", "4", "5", "6");
  expect(database.stored).toEqual([]);

  await vi.advanceTimersByTimeAsync(1_500);

  expect(database.stored).toEqual(["1", "2", "3", "4", "5", "6"]);
  expect(database.batches).toEqual([4, 2]);
  expect(writer.counts()).toEqual({ waiting: 0, written: 6, dropped: 0 });
});

test("buffers records while the database is unavailable and writes them afterwards", async () => {
  database.isAway = true;
  push("1", "2");
  await vi.advanceTimersByTimeAsync(20_000);
  push("3");
  expect(writer.counts()).toEqual({ waiting: 3, written: 0, dropped: 0 });

  database.isAway = false;
  await vi.advanceTimersByTimeAsync(2_000);

  expect(database.stored).toEqual(["1", "2", "3"]);
});

test("drops and counts the oldest records beyond the limit", async () => {
  await writer.stop();
  writer = aWriter({ mostChunks: 2 });
  database.isAway = true;
  push("1", "2", "3", "4", "5", "6", "7", "8", "9");
  expect(writer.counts()).toEqual({ waiting: 5, written: 0, dropped: 4 });

  database.isAway = false;
  await vi.advanceTimersByTimeAsync(1_000);

  expect(database.stored).toEqual(["5", "6", "7", "8", "9"]);
});

test("pauses after a batch for as long as the write took, unless the buffer is more than half full", async () => {
  await writer.stop();
  const writtenAt: number[] = [];
  const begin = Date.now();
  writer = aWriter({
    mostChunks: 8,
    write: async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      writtenAt.push(Date.now() - begin);
    },
  });
  push(...Array.from({ length: 28 }, () => "1"));

  await vi.advanceTimersByTimeAsync(6_000);

  // Seven batches of 200 ms each; the second follows at once, because the buffer is more than half full.
  expect(writtenAt).toEqual([700, 901, 1301, 1701, 2101, 2501, 3201]);
});

test("backs off while the database is unavailable, even if the buffer is full", async () => {
  await writer.stop();
  let attempts = 0;
  writer = aWriter({
    mostChunks: 4,
    write: () => {
      attempts += 1;
      return attempts === 1 ? Promise.resolve() : Promise.reject(new Error("away"));
    },
  });
  push(...Array.from({ length: 17 }, () => "1"));

  await vi.advanceTimersByTimeAsync(10_000);

  // At 0.5 s, at once after, and then after 1, 2, 2, 2 and 2 seconds.
  expect(attempts).toBeLessThan(9);
});

test("a flush writes the records buffered at its start, not those that arrive during it", async () => {
  await writer.stop();
  writer = aWriter({
    write: () => {
      push("again", "and again");
      return Promise.resolve();
    },
  });
  push("1");

  expect(await writer.flush()).toBe(true);
});

test("a record that cannot be written does not affect the others", async () => {
  database.refused = "3";
  push("1", "2", "3", "4", "5");

  await vi.advanceTimersByTimeAsync(1_500);

  expect(database.stored).toEqual(["1", "2", "4", "5"]);
  expect(writer.counts()).toEqual({ waiting: 0, written: 4, dropped: 1 });
});

test("stopping writes the buffered records", async () => {
  push("1");

  await writer.stop();

  expect(database.stored).toEqual(["1"]);
});

test("stopping does not wait longer than its time limit for an unavailable database", async () => {
  await writer.stop();
  writer = aWriter({ write: () => new Promise(() => undefined) });
  push("1");

  const stopped = writer.stop();
  await vi.advanceTimersByTimeAsync(1_000);

  await expect(stopped).resolves.toBeUndefined();
});
