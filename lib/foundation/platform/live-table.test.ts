import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Listener } from "#foundation/platform/db/listen";
import type { LiveTable, LiveTableOptions } from "#foundation/platform/live-table";
import { liveTable } from "#foundation/platform/live-table";

const RELOAD_EVERY_MS = 30_000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

type Load = { readonly end: (value: string) => void; readonly fail: () => void };

/** A table whose loads end when the test ends them. The channel is silent until the test notifies. */
class Bench {
  static #tables = 0;
  readonly loads: Load[] = [];
  readonly stopped: string[] = [];
  readonly table: LiveTable<string>;
  listener: Listener | null = null;

  constructor(options: Partial<LiveTableOptions<string>> = {}) {
    Bench.#tables += 1;
    this.table = liveTable<string>(
      {
        name: `rows ${Bench.#tables}`,
        channel: "rows",
        load: () => this.#load(),
        reloadEveryMs: RELOAD_EVERY_MS,
        ...options,
      },
      (_channel, listener) => {
        this.listener = listener;
        return {
          stop: () => {
            this.stopped.push("listener");
            return Promise.resolve();
          },
        };
      },
    );
  }

  async started(value = "first") {
    const starting = this.table.start();
    this.loads[0]?.end(value);
    return starting;
  }

  async notify() {
    this.listener?.onNotify("");
    await vi.advanceTimersByTimeAsync(1);
  }

  async end(index: number, value: string) {
    this.loads[index]?.end(value);
    await vi.advanceTimersByTimeAsync(1);
  }

  #load(): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.loads.push({
      end: resolve,
      fail: () => {
        reject(new Error("no database"));
      },
    });
    return promise;
  }
}

test("throws unavailable before the first load and after the stop", async () => {
  const bench = new Bench();
  expect(() => bench.table.current()).toThrow(/have not been read yet/);

  const running = await bench.started();
  expect(bench.table.current()).toBe("first");
  await running.stop();

  expect(() => bench.table.current()).toThrow(/have not been read yet/);
});

test("rejects the start if the first load fails, and loads again at the next start", async () => {
  const bench = new Bench();
  const starting = bench.table.start();
  bench.loads[0]?.fail();
  await expect(starting).rejects.toThrow("no database");

  const again = bench.table.start();
  bench.loads[1]?.end("second");
  await again;

  expect(bench.table.current()).toBe("second");
});

test("starts once for several calls of start", async () => {
  const bench = new Bench();
  const running = await bench.started();

  expect(await bench.table.start()).toBe(running);
  expect(bench.loads).toHaveLength(1);
});

test("reloads after a notification and after a new connection", async () => {
  const bench = new Bench();
  await bench.started();
  await bench.notify();
  await bench.end(1, "second");
  expect(bench.table.current()).toBe("second");

  bench.listener?.onConnect();
  await vi.advanceTimersByTimeAsync(1);
  await bench.end(2, "third");

  expect(bench.table.current()).toBe("third");
  expect(bench.table.state().loads).toBe(3);
});

test("reloads once more after a reload during which notifications arrived", async () => {
  const bench = new Bench();
  await bench.started();
  await bench.notify();
  await bench.notify();
  await bench.notify();
  expect(bench.loads).toHaveLength(2);

  await bench.end(1, "second");
  expect(bench.loads).toHaveLength(3);
  await bench.end(2, "third");
  await vi.advanceTimersByTimeAsync(1_000);

  expect(bench.loads).toHaveLength(3);
  expect(bench.table.current()).toBe("third");
});

test("never lets an older read replace a newer one: a slow load delays the next one", async () => {
  const bench = new Bench();
  const running = await bench.started();
  await bench.notify();
  // Called while the slow load reads data that is already out of date.
  const reloading = running.reload();
  await vi.advanceTimersByTimeAsync(RELOAD_EVERY_MS);
  expect(bench.loads).toHaveLength(2);

  await bench.end(1, "out of date");
  await bench.end(2, "up to date");
  await reloading;

  expect(bench.loads).toHaveLength(3);
  expect(bench.table.current()).toBe("up to date");
});

test("keeps the previous table when a load fails, and loads again at the next poll", async () => {
  const bench = new Bench();
  const running = await bench.started();
  const confirmedAt = bench.table.state().confirmedAt;
  const reloading = running.reload();
  await vi.advanceTimersByTimeAsync(1);
  bench.loads[1]?.fail();
  await reloading;
  expect(bench.table.current()).toBe("first");
  expect(bench.table.state().confirmedAt).toBe(confirmedAt);

  await vi.advanceTimersByTimeAsync(RELOAD_EVERY_MS);
  await bench.end(2, "second");

  expect(bench.table.current()).toBe("second");
});

test("collects notifications for the time that the pace sets", async () => {
  const bench = new Bench({ pace: { gatherMs: 50, restMs: 500 } });
  await bench.started();
  await bench.notify();
  expect(bench.loads).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(50);
  await bench.end(1, "second");

  await bench.notify();
  await vi.advanceTimersByTimeAsync(400);
  expect(bench.loads).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(100);
  expect(bench.loads).toHaveLength(3);
});

test("a poll confirms a table that is current and reloads one that is not", async () => {
  let isCurrent = true;
  const bench = new Bench({ isCurrent: () => Promise.resolve(isCurrent) });
  await bench.started();
  const startedAtMs = Date.now();

  await vi.advanceTimersByTimeAsync(RELOAD_EVERY_MS);
  expect(bench.loads).toHaveLength(1);
  expect(bench.table.state().confirmedAt?.getTime()).toBe(startedAtMs + RELOAD_EVERY_MS);

  isCurrent = false;
  await vi.advanceTimersByTimeAsync(RELOAD_EVERY_MS + 1);
  await bench.end(1, "second");
  expect(bench.table.current()).toBe("second");
});

test("a poll whose comparison fails changes neither the table nor its confirmation", async () => {
  const bench = new Bench({ isCurrent: () => Promise.reject(new Error("no database")) });
  await bench.started();
  const confirmedAt = bench.table.state().confirmedAt;

  await vi.advanceTimersByTimeAsync(RELOAD_EVERY_MS + 1);

  expect(bench.loads).toHaveLength(1);
  expect(bench.table.state()).toMatchObject({ table: "first", confirmedAt });
});

test("passes the table that a load replaces to that load", async () => {
  const formers: (string | null)[] = [];
  const bench = new Bench({
    load: (former) => {
      formers.push(former);
      return Promise.resolve(`load ${formers.length}`);
    },
  });
  await bench.table.start();
  await bench.notify();

  expect(formers).toEqual([null, "load 1"]);
});

test("the stop waits for the current load and starts no other", async () => {
  const bench = new Bench();
  const running = await bench.started();
  await bench.notify();
  await bench.notify();

  let isStopped = false;
  const stopping = running.stop().then(() => {
    isStopped = true;
  });
  await vi.advanceTimersByTimeAsync(RELOAD_EVERY_MS);
  expect(isStopped).toBe(false);
  await bench.end(1, "second");
  await stopping;
  await bench.notify();
  await vi.advanceTimersByTimeAsync(RELOAD_EVERY_MS);

  expect(bench.loads).toHaveLength(2);
  expect(bench.table.state()).toMatchObject({ table: null, confirmedAt: null, running: null });
});

test("the stop waits for the current comparison, and a change that it finds starts no load", async () => {
  const comparison = Promise.withResolvers<boolean>();
  const bench = new Bench({ isCurrent: () => comparison.promise });
  const running = await bench.started();
  await vi.advanceTimersByTimeAsync(RELOAD_EVERY_MS);

  let isStopped = false;
  const stopping = running.stop().then(() => {
    isStopped = true;
  });
  await vi.advanceTimersByTimeAsync(1);
  expect(isStopped).toBe(false);
  comparison.resolve(false);
  await stopping;

  expect(bench.loads).toHaveLength(1);
});

test("the stop ends a reload that waits for its pace", async () => {
  const bench = new Bench({ pace: { gatherMs: 60_000, restMs: 0 } });
  const running = await bench.started();
  const reloading = running.reload();

  await running.stop();

  await expect(reloading).resolves.toBeUndefined();
  expect(bench.loads).toHaveLength(1);
});

test("a second stop does not clear the table of a later start", async () => {
  const bench = new Bench();
  const running = await bench.started();
  await running.stop();
  const again = bench.table.start();
  bench.loads[1]?.end("second");
  await again;

  await running.stop();

  expect(bench.table.current()).toBe("second");
});

test("runs the companion from start to stop", async () => {
  const bench = new Bench({
    startCompanion: () => ({
      stop: () => {
        bench.stopped.push("companion");
        return Promise.resolve();
      },
    }),
  });
  const running = await bench.started();
  await running.stop();

  expect(bench.stopped).toEqual(["listener", "companion"]);
});
