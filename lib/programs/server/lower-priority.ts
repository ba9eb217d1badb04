import "server-only";
import type { ChildProcess } from "node:child_process";
import { getPriority, setPriority } from "node:os";
import { log } from "#foundation/platform/log";

/**
 * Gives a process a lower priority. One that has a lower priority already keeps it, because the server was started with
 * it, and because only root may raise a priority.
 */
export function lowerPriority({ pid }: ChildProcess, priority: number): void {
  try {
    if (pid !== undefined && getPriority(pid) < priority) {
      setPriority(pid, priority);
    }
  } catch (error) {
    log().warn({ err: error, pid }, "the priority of a process of the server cannot be set");
  }
}
