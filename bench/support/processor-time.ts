import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

/**
 * The processor time in ms that a process and its children have used, finished children included. Linux only; the
 * resolution is that of the kernel's clock ticks, usually 10 ms.
 */
export function processorTimeMs(pid: number): number {
  const tickMs = 1000 / Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  const own = readTicks(pid);
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readTicks(Number(name)))
    .filter(({ parent }) => parent === pid);
  const ticks = children.reduce((sum, { used }) => sum + used, own.used + own.finished);
  return ticks * tickMs;
}

type Ticks = { readonly parent: number; readonly used: number; readonly finished: number };

/** The fields of `/proc/<pid>/stat` after the name of the program; see proc(5). */
function readTicks(pid: number): Ticks {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const at = (index: number): number => Number(fields[index]);
    return { parent: at(1), used: at(11) + at(12), finished: at(13) + at(14) };
  } catch {
    return { parent: 0, used: 0, finished: 0 };
  }
}
