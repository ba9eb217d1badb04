import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import process from "node:process";
import { createInterface } from "node:readline";

export type Child = {
  readonly pid: number;
  readonly port: number;
  /** Peak memory so far of the program and the processes that it has started, in megabytes. */
  readonly peakMegabytes: () => Promise<number>;
  /**
   * Processor time so far of the processes that take part in a check, with a resolution of 10 ms: the program itself, and
   * of those that it has started the processes for phones. Panel and worker do the same work without checks.
   */
  readonly checkingMs: () => Promise<number>;
  readonly stop: () => Promise<void>;
};

const STOP_WITHIN_MS = 20_000;
/** The title of a process that answers phones (lib/programs/server/run-child.ts). */
const PHONES_TITLE = "ucupdates phones";

/** Starts a program of this project under this Node.js and waits until it prints its address. */
export async function startChild(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Child> {
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...environment },
  });
  const port = await listeningPort(child);
  const pid = child.pid ?? 0;
  return {
    pid,
    port,
    peakMegabytes: () => peakMegabytes(pid),
    checkingMs: () => checkingMs(pid),
    stop: () => stop(child),
  };
}

async function listeningPort(child: ChildProcess): Promise<number> {
  if (child.stdout === null) {
    throw new Error("the child has no output");
  }
  for await (const line of createInterface(child.stdout)) {
    const port = /ready at https?:\/\/[^:]+:(\d+)/.exec(line)?.[1];
    if (port !== undefined) {
      child.stdout.resume();
      return Number(port);
    }
  }
  throw new Error("the child ended before it listened");
}

async function peakMegabytes(pid: number): Promise<number> {
  const peaks = await Promise.all((await withChildren(pid)).map(peakOf));
  return peaks.reduce((sum, one) => sum + one, 0);
}

async function withChildren(pid: number): Promise<readonly number[]> {
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  return [pid, ...children.trim().split(" ").filter(Boolean).map(Number)];
}

async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

async function checkingMs(pid: number): Promise<number> {
  const pids = await withChildren(pid);
  const titles = await Promise.all(pids.map(titleOf));
  const checking = pids.filter(
    (one, index) => one === pid || titles[index]?.startsWith(PHONES_TITLE) === true,
  );
  const times = await Promise.all(checking.map(processorMsOf));
  return times.reduce((sum, one) => sum + one, 0);
}

async function titleOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, "utf8");
}

async function processorMsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8");
  // `utime` and `stime` (proc_pid_stat(5)), counted after the name of the program, which may contain spaces.
  const [user, system] = stat.slice(stat.lastIndexOf(")")).split(" ").slice(12, 14);
  return (Number(user) + Number(system)) * 10;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
  await ended;
  clearTimeout(timer);
}
