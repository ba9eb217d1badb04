import type { Command } from "commander";
import { timeText } from "#foundation/core/time";

/** Adds the time range options of lists. A time without a zone is UTC, regardless of the machine's zone. */
export function addTimeOptions(command: Command): Command {
  return command
    .option("--from <time>", "from this day or time on, such as 2026-11-22 (UTC)")
    .option(
      "--to <time>",
      "up to and including this day, or before this time, such as 2026-11-22T08:30Z",
    );
}

export const timeOptions = { from: timeText, to: timeText };
