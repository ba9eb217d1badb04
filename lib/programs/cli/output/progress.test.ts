import { expect, test } from "vitest";
import { progressOf } from "#programs/cli/output/progress";

function lines() {
  const told: string[] = [];
  return { told, terminal: { isWatched: false, tell: (text: string) => void told.push(text) } };
}

test("prints a line at every quarter and none in between", () => {
  const { told, terminal } = lines();
  const progress = progressOf(terminal, "Copying");

  for (let done = 0; done <= 1000; done += 10) {
    progress.update(done, 1000);
  }

  expect(told).toHaveLength(5);
  expect(told[0]).toMatch(/^Copying: 0 .* of 1/);
  expect(told[4]).toMatch(/^Copying: 1/);
});

test("prints nothing when the same progress is reported again", () => {
  const { told, terminal } = lines();
  const progress = progressOf(terminal, "Unpacking");

  progress.update(500, 1000);
  progress.update(500, 1000);

  expect(told).toHaveLength(1);
});

test("treats an empty task as done", () => {
  const { told, terminal } = lines();
  const progress = progressOf(terminal, "Unpacking");

  progress.update(0, 0);
  progress.update(0, 0);

  expect(told).toHaveLength(1);
});
