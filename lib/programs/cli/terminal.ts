import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";
import process from "node:process";

/** Where a command speaks and listens. */
export type Terminal = {
  /** The result, on standard output. Nothing happens when the reader has gone. */
  readonly write: (text: string) => void;
  /** What a person should know besides, on standard error. */
  readonly tell: (text: string) => void;
  /** The width of standard output; null where that is a file or a pipe. */
  readonly columns: number | null;
  /** Whether a progress bar would be seen. */
  readonly isWatched: boolean;
  /** Whether a question would be seen and could be answered. */
  readonly canAsk: boolean;
  /** Everything on standard input. */
  readonly readInput: () => Promise<string>;
  readonly ask: (question: string) => Promise<string>;
  /** Like `ask`, without showing what is typed. */
  readonly askSecret: (question: string) => Promise<string>;
  /** Somebody wants the command to stop, or nobody reads its output any more. */
  readonly stop: AbortSignal;
};

export type ProcessTerminal = Terminal & {
  /** Waits until everything written has left the process, or cannot. */
  readonly flush: () => Promise<void>;
  /** Whether it was a signal that asked to stop. */
  readonly isInterrupted: () => boolean;
};

/**
 * Ctrl-C reaches us from the terminal and once more from whatever started us. Somebody who presses it again
 * later does not want to wait for an orderly end.
 */
const REPEATED_WITHIN_MS = 1_000;
const EXIT_INTERRUPTED = 130;

/** The terminal of this process. Makes its signals and a closed pipe ask the command to stop. */
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
  const stdout = careless(process.stdout, () => {
    stopping.abort();
  });
  const stderr = careless(process.stderr, () => undefined);
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
  };
}

type CarelessStream = {
  readonly write: (text: string) => void;
  readonly flush: () => Promise<void>;
};

/** `command | head -1` closes our output early; what the command was asked to do is done all the same. */
function careless(stream: NodeJS.WriteStream, onGone: () => void): CarelessStream {
  let isGone = false;
  stream.on("error", () => {
    isGone = true;
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
        if (isGone || stream.writableLength === 0) {
          resolve();
          return;
        }
        stream.once("error", () => {
          resolve();
        });
        stream.write("", () => {
          resolve();
        });
      }),
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
  // Ctrl-C at a question reaches the line editor instead of the process.
  lines.once("SIGINT", () => {
    process.kill(process.pid, "SIGINT");
  });
  try {
    return await lines.question("", { signal: stop });
  } catch (error) {
    // The end of input (Ctrl-D) is an answer too: an empty one.
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
