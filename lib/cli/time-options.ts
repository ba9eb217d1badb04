import type { Command } from "commander";

/** The options of lists that may be cut off at both ends. */
export function addTimeOptions(command: Command): Command {
  return command
    .option("--from <time>", "not before this day or moment, such as 2026-11-22 (UTC)")
    .option("--to <time>", "up to this day, or before this moment");
}
