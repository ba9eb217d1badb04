import "server-only";
import type { SendHandle } from "node:child_process";
import process from "node:process";
import type { Report } from "#programs/server/messages";

/** Sends a report to the supervisor. Does nothing if the supervisor is gone. */
export function tell(report: Report, socket?: SendHandle): void {
  if (process.connected) {
    // The callback takes the error of a channel that closes at this moment.
    process.send?.(report, socket, undefined, () => undefined);
  }
}
