import "server-only";
import process from "node:process";
import { errorCode } from "#foundation/core/error-code";

/** Whether a process with this id runs on this machine, under any account. */
export function isProcessAlive(pid: number): boolean {
  try {
    // Signal 0 only tests whether the process exists.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process exists, but belongs to another user.
    return errorCode(error) === "EPERM";
  }
}
