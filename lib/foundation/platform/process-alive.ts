import "server-only";
import process from "node:process";
import { errorCode } from "#foundation/core/error-code";

/** Whether a process with this number runs on this machine, under whatever account. */
export function isProcessAlive(pid: number): boolean {
  try {
    // Signal 0 only tests.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It exists, but belongs to another user.
    return errorCode(error) === "EPERM";
  }
}
