import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { coalescedTask } from "#foundation/platform/coalesced-task";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const options = { gatherMs: 50, restMs: 500 };

test("runs the task once for any number of requests at the same time", async () => {
  let runs = 0;
  const task = coalescedTask(() => {
    runs += 1;
    return Promise.resolve();
  }, options);

  for (let index = 0; index < 500; index += 1) {
    void task.request();
  }
  await vi.advanceTimersByTimeAsync(5_000);

  expect(runs).toBe(1);
});

test("runs the task again for a request that arrives during a run", async () => {
  let runs = 0;
  const ends: (() => void)[] = [];
  const task = coalescedTask(() => {
    runs += 1;
    return new Promise((resolve) => ends.push(resolve));
  }, options);

  void task.request();
  await vi.advanceTimersByTimeAsync(50);
  void task.request();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(runs).toBe(1);

  ends[0]?.();
  await vi.advanceTimersByTimeAsync(499);
  expect(runs).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(runs).toBe(2);
});

test("waits for the current run when stopped and starts no other", async () => {
  let runs = 0;
  let end: () => void = () => undefined;
  const task = coalescedTask(() => {
    runs += 1;
    return new Promise((resolve) => {
      end = resolve;
    });
  }, options);
  void task.request();
  await vi.advanceTimersByTimeAsync(50);
  void task.request();

  let isStopped = false;
  const stopping = task.stop().then(() => {
    isStopped = true;
  });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(isStopped).toBe(false);
  end();
  await stopping;
  await vi.advanceTimersByTimeAsync(5_000);

  expect(runs).toBe(1);
});
