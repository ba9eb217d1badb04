import type { Command } from "commander";
import { timeText } from "#foundation/core/time-range";

/** The options of lists that may be cut off at both ends. Times are UTC where they name no zone, whatever the machine's is. */
export function addTimeOptions(command: Command): Command {
  return command
    .option("--from <time>", "not before this day or moment, such as 2026-11-22 (UTC)")
    .option("--to <time>", "up to this day, or before this moment, such as 2026-11-22T08:30Z");
}

export const timeOptions = { from: timeText, to: timeText };
