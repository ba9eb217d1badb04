import process from "node:process";
import { CommanderError } from "commander";
import { loadCommands } from "#programs/cli/load-commands";
import type { Outcome } from "#programs/cli/outcome";
import { runProgram } from "#programs/cli/program";
import { toMessage } from "#programs/cli/to-message";
import { processTerminal } from "#programs/cli/terminal";
import type { ErrorCode } from "#foundation/core/errors";
import { AppError } from "#foundation/core/errors";

/** The only place where an error code becomes an exit code. A missing code does not compile. */
const EXIT_BY_ERROR = {
  invalid_input: 2,
  unprocessable_input: 2,
  method_not_allowed: 2,
  unsupported_media_type: 2,
  not_found: 3,
  conflict: 4,
  unauthenticated: 5,
  forbidden: 5,
  invalid_state: 6,
  rate_limited: 7,
  unavailable: 7,
  payload_too_large: 9,
  unsupported_cabinet: 9,
} as const satisfies Record<ErrorCode, number>;

const EXIT_BY_OUTCOME = {
  done: 0,
  some_failed: 8,
  import_failed: 9,
  needs_details: 10,
  needs_confirmation: 11,
  audit_broken: 12,
  declined: 13,
  phone_failed: 14,
  still_offered: 15,
  // What shells report for a command that was stopped with Ctrl-C.
  interrupted: 130,
} as const satisfies Record<Outcome, number>;

const EXIT_USAGE = EXIT_BY_ERROR.invalid_input;
const EXIT_DEFECT = 1;

/** Runs one command to its end; everything that can happen becomes an exit code. */
async function main(args: readonly string[]): Promise<number> {
  // First of all: until it is done, Node tells what cannot be loaded, and Ctrl-C ends the process at once.
  const groups = await loadCommands(args);
  const terminal = processTerminal();
  try {
    const outcome = await runProgram({ args, groups }, terminal);
    return EXIT_BY_OUTCOME[terminal.isInterrupted() ? "interrupted" : outcome];
  } catch (error) {
    // Commander has told already what is wrong with the arguments, or printed the help it was asked for.
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT_BY_OUTCOME.done : EXIT_USAGE;
    }
    if (terminal.isInterrupted()) {
      return EXIT_BY_OUTCOME.interrupted;
    }
    terminal.tell(toMessage(error));
    return error instanceof AppError ? EXIT_BY_ERROR[error.code] : EXIT_DEFECT;
  } finally {
    await terminal.flush();
  }
}

// Prisma's PostgreSQL adapter calls its driver in a way that will once be refused. Nobody at a prompt can mend that.
process.noDeprecation = true;

// Not left to an empty event loop: what a library keeps open must not keep a finished command waiting.
process.exit(await main(process.argv.slice(2)));
