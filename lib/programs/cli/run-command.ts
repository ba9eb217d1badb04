import { CommanderError } from "commander";
import { loadCommands } from "#programs/cli/load-commands";
import type { Outcome } from "#programs/cli/outcome";
import type { Call } from "#programs/cli/program";
import { runProgram } from "#programs/cli/program";
import { toMessage } from "#programs/cli/to-message";
import type { ProcessTerminal } from "#programs/cli/terminal";
import type { ErrorCode } from "#foundation/core/errors";
import { AppError } from "#foundation/core/errors";
import { errorCode, isDiskFull } from "#foundation/core/error-code";

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
  rejected_version: 6,
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
  // The code that shells report for a command stopped with Ctrl-C.
  interrupted: 130,
} as const satisfies Record<Outcome, number>;

const EXIT_USAGE = EXIT_BY_ERROR.invalid_input;
const EXIT_DEFECT = 1;

/** Runs one command and returns its exit code, also for every error. */
export async function runCommand(
  args: readonly string[],
  openTerminal: () => ProcessTerminal,
): Promise<number> {
  // The commands load before the terminal is set up: until then, Node reports modules that cannot be loaded, and Ctrl-C
  // ends the process at once.
  const groups = await loadCommands(args);
  const terminal = openTerminal();
  try {
    const code = await runToEnd({ args, groups }, terminal);
    await terminal.flush();
    return code === EXIT_BY_OUTCOME.done ? afterOutput(terminal) : code;
  } finally {
    await terminal.flush();
  }
}

/** A result that is not whole must not look like one. */
function afterOutput(terminal: ProcessTerminal): number {
  const cause = terminal.outputFailure();
  if (cause === null) {
    return EXIT_BY_OUTCOME.done;
  }
  const sentence = isDiskFull(cause)
    ? "The disk that the output is on is full."
    : `The output cannot be written (${errorCode(cause) ?? "unknown reason"}).`;
  return tellError(terminal, new AppError("unavailable", sentence, { cause }));
}

async function runToEnd(call: Call, terminal: ProcessTerminal): Promise<number> {
  try {
    const outcome = await runProgram(call, terminal);
    return EXIT_BY_OUTCOME[terminal.isInterrupted() ? "interrupted" : outcome];
  } catch (error) {
    // Commander has already printed what is wrong with the arguments, or the help.
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT_BY_OUTCOME.done : EXIT_USAGE;
    }
    if (terminal.isInterrupted()) {
      terminal.tell("ucupdates: Stopped before the command was complete.\n");
      return EXIT_BY_OUTCOME.interrupted;
    }
    // The command stopped because standard output takes no more, which is its end after `command | head -1`.
    return error === terminal.stop.reason ? EXIT_BY_OUTCOME.done : tellError(terminal, error);
  }
}

function tellError(terminal: ProcessTerminal, error: unknown): number {
  terminal.tell(toMessage(error));
  return error instanceof AppError ? EXIT_BY_ERROR[error.code] : EXIT_DEFECT;
}
