import type { Command } from "commander";
import { z } from "zod";
import { timeText } from "#foundation/core/time-text";
import { wholeNumberText } from "#foundation/core/whole-number-text";

/** Converts `identifierType` to `--identifier-type`. Paths that are not an option, such as list positions, stay unchanged. */
export function optionName(path: string): string {
  return /^[a-z][A-Za-z]*$/.test(path)
    ? `--${path.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    : path;
}

/** `--last <number>`: the number of latest items to show. */
export function lastOption(usual: number): z.ZodType<number> {
  return wholeNumberText.pipe(z.number().min(1, "At least 1.")).default(usual);
}

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
