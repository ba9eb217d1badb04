import "server-only";
import { fork } from "node:child_process";
import type { ChildProcess, SendHandle } from "node:child_process";
import { constants } from "node:os";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { log } from "#foundation/platform/log";
import { nextDelayMs } from "#programs/server/back-off";
import { lowerPriority } from "#programs/server/lower-priority";
import type { Order, Report } from "#programs/server/messages";
import { DATABASE_AWAY_EXIT_CODE, isReport } from "#programs/server/messages";

export type Program = "prepare" | "phones" | "panel" | "worker";

export type ChildOptions = {
  /** Unique among the processes, such as `phones-2`. */
  readonly name: string;
  readonly program: Program;
  readonly onReport: (child: Child, report: Report, socket: SendHandle) => void;
  /**
   * Whether the server is starting. A process that then ends before it is ready ends the start, unless the database was
   * away for less than a minute.
   */
  readonly isStarting: () => boolean;
  readonly onFailedStart: () => void;
};

/** A process of the server, which is started again whenever it ends. */
export type Child = {
  readonly name: string;
  readonly restarts: () => number;
  readonly send: (order: Order, socket?: SendHandle) => void;
  /** Whether it answers. */
  readonly isReady: () => boolean;
  /** Orders the process to stop, and waits until it has ended. */
  readonly stop: () => Promise<void>;
  readonly kill: () => void;
};

type State = {
  process: ChildProcess;
  startedAtMs: number;
  readonly retryUntilMs: number;
  delayMs: number | null;
  restarts: number;
  /** Whether the process has loaded its code and takes orders. */
  hasStarted: boolean;
  isReady: boolean;
  wasReady: boolean;
  isStopping: boolean;
};

/**
 * Size of each of V8's three semi-spaces, for short-lived objects, in MiB. Phones check many at a time, and nearly
 * everything that a check allocates is short-lived; the others would keep the space and not use it.
 */
const YOUNG_MIB = {
  prepare: 8,
  phones: 16,
  panel: 8,
  worker: 8,
} as const satisfies Record<Program, number>;

const { PRIORITY_BELOW_NORMAL, PRIORITY_NORMAL } = constants.priority;

/** Phones are answered first when the processors are busy. Any user may lower the priority of a process. */
const PRIORITY = {
  prepare: PRIORITY_NORMAL,
  phones: PRIORITY_NORMAL,
  panel: PRIORITY_BELOW_NORMAL,
  worker: PRIORITY_BELOW_NORMAL,
} as const satisfies Record<Program, number>;

/** Longer than every process drains. */
const STOP_WITHIN_MS = 30_000;
/** How long a start waits for a database that was reached before. */
const DATABASE_WAIT_MS = 60_000;

export function startChild(options: ChildOptions): Child {
  const state: State = {
    process: forkProgram(options),
    startedAtMs: performance.now(),
    retryUntilMs: performance.now() + DATABASE_WAIT_MS,
    delayMs: null,
    restarts: 0,
    hasStarted: false,
    isReady: false,
    wasReady: false,
    isStopping: false,
  };
  const child: Child = {
    name: options.name,
    restarts: () => state.restarts,
    send: (order, socket) => {
      sendTo(state.process, order, socket);
    },
    isReady: () => state.isReady,
    stop: () => stop(state, options.name),
    kill: () => state.process.kill("SIGKILL"),
  };
  watch(child, state, options);
  return child;
}

function watch(child: Child, state: State, options: ChildOptions): void {
  const { process: current } = state;
  current.on("message", (message: unknown, socket: SendHandle) => {
    if (isReport(message)) {
      if (message.kind === "started") {
        state.hasStarted = true;
      } else if (message.kind === "ready") {
        state.isReady = true;
        state.wasReady = true;
      }
      options.onReport(child, message, socket);
    }
  });
  current.once("exit", (code, signal) => {
    state.isReady = false;
    if (state.isStopping) {
      return;
    }
    const isPatient = code === DATABASE_AWAY_EXIT_CODE && performance.now() < state.retryUntilMs;
    if (state.wasReady || isPatient || !options.isStarting()) {
      log().error({ name: options.name, code, signal }, "a process of the server ended");
      void restart(child, state, options);
    } else {
      options.onFailedStart();
    }
  });
}

async function restart(child: Child, state: State, options: ChildOptions): Promise<void> {
  state.delayMs = nextDelayMs(state.delayMs, performance.now() - state.startedAtMs);
  await delay(state.delayMs);
  if (!state.isStopping) {
    state.restarts += 1;
    state.startedAtMs = performance.now();
    state.hasStarted = false;
    state.process = forkProgram(options);
    watch(child, state, options);
  }
}

function forkProgram({ name, program }: Pick<ChildOptions, "name" | "program">): ChildProcess {
  const environment = { ...process.env };
  // Makes a process report its files to `node --watch`, which listens to the supervisor only.
  delete environment.WATCH_REPORT_DEPENDENCIES;
  const file = fileURLToPath(new URL(`./${program}.ts`, import.meta.url));
  const child = fork(file, [name], {
    env: environment,
    execArgv: [...process.execArgv, `--max-semi-space-size=${YOUNG_MIB[program]}`],
  });
  // Without a listener, a process that cannot be started or signalled would end this one.
  child.on("error", (error) => {
    log().error({ err: error, name }, "a process of the server cannot be reached");
  });
  // At once, because on Linux the threads that a process starts later take on the priority of the first.
  lowerPriority(child, PRIORITY[program]);
  return child;
}

function sendTo(child: ChildProcess, order: Order, socket?: SendHandle): void {
  if (child.connected) {
    // The callback takes the error of a process that ends at this moment.
    child.send(order, socket, undefined, () => undefined);
  }
}

async function stop(state: State, name: string): Promise<void> {
  state.isStopping = true;
  const { process: current } = state;
  if (current.exitCode !== null || current.signalCode !== null) {
    return;
  }
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      log().error({ name }, "a process of the server did not stop in time");
      current.kill("SIGKILL");
    }, STOP_WITHIN_MS);
    current.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
    if (state.hasStarted) {
      sendTo(current, { kind: "stop" });
    } else {
      // It has done nothing yet, and would first load all of its code.
      current.kill("SIGKILL");
    }
  });
}
