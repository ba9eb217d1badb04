import { spawn } from "node:child_process";
import { getPriority, setPriority } from "node:os";
import process from "node:process";
import { expect, test } from "vitest";
import { lowerPriority } from "#programs/server/lower-priority";

test("lowers the priority of a process, and never raises it", () => {
  const child = spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)"]);
  try {
    const { pid = 0 } = child;
    setPriority(pid, 15);

    lowerPriority(child, 10);
    expect(getPriority(pid)).toBe(15);
    lowerPriority(child, 19);
    expect(getPriority(pid)).toBe(19);
  } finally {
    child.kill("SIGKILL");
  }
});
