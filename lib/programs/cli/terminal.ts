import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import process from "node:process";
import { errorCode } from "#foundation/core/error-code";

/** The input and output of a command. */
export type Terminal = {
  /** Prints the result, on standard output. Does nothing after the reader has closed the pipe, or a write has failed. */
  readonly write: (text: string) => void;
  /** Prints additional information for people, on standard error. */
  readonly tell: (text: string) => void;
  /** The width of standard output in characters; null for a file or a pipe. */
  readonly columns: number | null;
  /** Whether standard error is a terminal, where a progress bar is visible. */
  readonly isWatched: boolean;
  /** Whether a question is visible and can be answered. */
  readonly canAsk: boolean;
  /** Reads standard input to its end. */
  readonly readInput: () => Promise<string>;
  readonly ask: (question: string) => Promise<string>;
  /** Like `ask`, without echo. */
  readonly askSecret: (question: string) => Promise<string>;
  /** Aborted by a signal to stop, or when standard output takes no more: its pipe is closed, or its disk is full. */
  readonly stop: AbortSignal;
  /** Waits until all output is written, or cannot be. */
  readonly flush: () => Promise<void>;
};

export type ProcessTerminal = Terminal & {
  /** Whether a signal asked to stop. */
  readonly isInterrupted: () => boolean;
  /** Why the result could not be written, such as to a full disk; null if it was, or if its reader closed the pipe. */
  readonly outputFailure: () => unknown;
};

/**
 * One Ctrl-C can arrive twice: from the terminal and from the parent process. A signal that comes later than this is a
 * second Ctrl-C, which ends the process at once.
 */
const REPEATED_WITHIN_MS = 1_000;
const EXIT_INTERRUPTED = 130;

/** The terminal of this process. Its signals and a closed pipe ask the command to stop. */
export function processTerminal(): ProcessTerminal {
  const stopping = new AbortController();
  let interruptedAtMs: number | null = null;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      const nowMs = performance.now();
      if (interruptedAtMs !== null && nowMs - interruptedAtMs > REPEATED_WITHIN_MS) {
        process.exit(EXIT_INTERRUPTED);
      }
      interruptedAtMs ??= nowMs;
      stopping.abort();
    });
  }
  const stdout = ignoreBrokenPipe(process.stdout, () => {
    stopping.abort();
  });
  const stderr = ignoreBrokenPipe(process.stderr, () => undefined);
  return {
    write: stdout.write,
    tell: stderr.write,
    columns: process.stdout.isTTY ? process.stdout.columns : null,
    isWatched: process.stderr.isTTY,
    canAsk: process.stdin.isTTY && process.stderr.isTTY,
    readInput: () => text(process.stdin),
    ask: (question) => ask(question, { stop: stopping.signal, isSecret: false }),
    askSecret: (question) => ask(question, { stop: stopping.signal, isSecret: true }),
    stop: stopping.signal,
    flush: async () => {
      await Promise.all([stdout.flush(), stderr.flush()]);
    },
    isInterrupted: () => interruptedAtMs !== null,
    outputFailure: stdout.failure,
  };
}

type SafeStream = {
  readonly write: (text: string) => void;
  readonly flush: () => Promise<void>;
  readonly failure: () => unknown;
};

/** Ignores a closed pipe, as after `command | head -1`: the command still finishes its work. */
function ignoreBrokenPipe(stream: NodeJS.WriteStream, onGone: () => void): SafeStream {
  let isGone = false;
  let failure: unknown = null;
  stream.on("error", (error) => {
    isGone = true;
    failure ??= errorCode(error) === "EPIPE" ? null : error;
    onGone();
  });
  return {
    write: (text) => {
      if (!isGone) {
        stream.write(text);
      }
    },
    flush: () =>
      new Promise((resolve) => {
        if (isGone) {
          resolve();
          return;
        }
        // Also if nothing waits to be written: the error of a write that has just failed comes before this callback.
        stream.write("", () => {
          resolve();
        });
      }),
    failure: () => failure,
  };
}

async function ask(
  question: string,
  { stop, isSecret }: { readonly stop: AbortSignal; readonly isSecret: boolean },
): Promise<string> {
  process.stderr.write(question);
  const silence = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({
    input: process.stdin,
    output: isSecret ? silence : process.stderr,
    terminal: true,
  });
  // While a question is open, Ctrl-C goes to readline and not to the process.
  lines.once("SIGINT", () => {
    process.kill(process.pid, "SIGINT");
  });
  try {
    return await lines.question("", { signal: stop });
  } catch (error) {
    // The end of input (Ctrl-D) counts as an empty answer.
    if (stop.aborted) {
      throw error;
    }
    return "";
  } finally {
    lines.close();
    if (isSecret) {
      process.stderr.write("\n");
    }
  }
}
