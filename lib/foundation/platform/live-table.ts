import "server-only";
import { AppError } from "#foundation/core/errors";
import type { Pace } from "#foundation/platform/coalesced-task";
import { coalescedTask } from "#foundation/platform/coalesced-task";
import type { Subscription } from "#foundation/platform/db/listen";
import { listen } from "#foundation/platform/db/listen";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";

export type LiveTableOptions<T> = {
  /** The name of the table in the process and in messages, such as "device tokens". */
  readonly name: string;
  /** The channel of the notifications that announce a change. */
  readonly channel: string;
  /**
   * Reads the whole table. Receives the table that the result replaces, so that equal entries can keep their identity.
   */
  readonly load: (former: T | null) => Promise<T>;
  /** How notifications are collected. Without it, a reload follows immediately. */
  readonly pace?: Pace;
  /** How often to reload without a notification: a notification may get lost, and a load may fail. */
  readonly reloadEveryMs: number;
  /**
   * A cheaper comparison with the database, for a large table. While it returns true, it replaces the periodic reload.
   */
  readonly isCurrent?: (table: T) => Promise<boolean>;
  /** Starts a subscription that runs from the start of the table to its stop. */
  readonly startCompanion?: () => Subscription;
};

export type RunningLiveTable = {
  /** Resolves after a load that began after this call, even if that load failed. */
  readonly reload: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type LiveTableState<T> = {
  /** Null before the first load and after `stop`. */
  table: T | null;
  /** When the table was last known to be equal to the database. */
  confirmedAt: Date | null;
  /** The same moment by `performance.now()`, for ages: it does not jump when the clock of the host is set. */
  confirmedMs: number | null;
  loads: number;
  running: Promise<RunningLiveTable> | null;
};

export type LiveTable<T> = {
  /** The table as last loaded. Never waits; throws `unavailable` before the first load. */
  readonly current: () => T;
  readonly state: () => LiveTableState<T>;
  /**
   * Loads the table and keeps it equal to the database until stopped. Rejects if the first load fails; a later start
   * tries again. A process has one table: further calls share it.
   */
  readonly start: () => Promise<RunningLiveTable>;
};

const AT_ONCE: Pace = { gatherMs: 0, restMs: 0 };

/**
 * A database table in memory, the same in every process. It is loaded as a whole, and again after a notification. Loads
 * never overlap, so an older read cannot replace a newer one.
 */
export function liveTable<T>(
  options: LiveTableOptions<T>,
  subscribe: typeof listen = listen,
): LiveTable<T> {
  const { name } = options;
  const key = `live table: ${name}`;
  const state = (): LiveTableState<T> =>
    oncePerProcess(key, () => ({
      table: null,
      confirmedAt: null,
      confirmedMs: null,
      loads: 0,
      running: null,
    }));
  return {
    state,
    current: () => {
      const { table } = state();
      if (table === null) {
        throw new AppError("unavailable", `The ${name} have not been read yet.`, {
          retryAfterSeconds: 5,
        });
      }
      return table;
    },
    start: () => {
      const shared = state();
      shared.running ??= start(shared, options, subscribe).catch((error: unknown) => {
        shared.running = null;
        throw error;
      });
      return shared.running;
    },
  };
}

async function start<T>(
  state: LiveTableState<T>,
  options: LiveTableOptions<T>,
  subscribe: typeof listen,
): Promise<RunningLiveTable> {
  const { channel, pace = AT_ONCE, reloadEveryMs, startCompanion } = options;
  await load(state, options);
  const task = coalescedTask(() => keepFormer(options, () => load(state, options)), pace);
  const request = (): void => void task.request();
  let comparing: Promise<void> | null = null;
  const compare = (): void => {
    comparing ??= keepFormer(options, () => confirm(state, options, request)).finally(() => {
      comparing = null;
    });
  };
  const subscription = subscribe(channel, {
    onNotify: request,
    onConnect: request,
    onAway: compare,
  });
  const poll = setInterval(compare, reloadEveryMs).unref();
  const companion = startCompanion?.();
  const stop = async (): Promise<void> => {
    clearInterval(poll);
    await subscription.stop();
    await task.stop();
    // Last, so that a comparison that finds a change starts no load.
    await comparing;
    await companion?.stop();
    state.table = null;
    state.confirmedAt = null;
    state.confirmedMs = null;
    state.running = null;
  };
  let stopping: Promise<void> | null = null;
  // A second stop must not clear the table of a later start.
  return { reload: task.request, stop: () => (stopping ??= stop()) };
}

async function load<T>(state: LiveTableState<T>, options: LiveTableOptions<T>): Promise<void> {
  const read = currentMoment();
  state.table = await options.load(state.table);
  Object.assign(state, read);
  state.loads += 1;
}

async function confirm<T>(
  state: LiveTableState<T>,
  { isCurrent }: LiveTableOptions<T>,
  requestReload: () => void,
): Promise<void> {
  const { table } = state;
  const read = currentMoment();
  if (table === null || !(await isCurrent?.(table))) {
    requestReload();
  } else if (state.table === table) {
    Object.assign(state, read);
  }
}

function currentMoment(): Pick<LiveTableState<never>, "confirmedAt" | "confirmedMs"> {
  return { confirmedAt: new Date(), confirmedMs: performance.now() };
}

/** Keeps the previous table while the database is unavailable; the next poll tries again. */
async function keepFormer(
  { name }: Pick<LiveTableOptions<never>, "name">,
  task: () => Promise<void>,
): Promise<void> {
  const failing = oncePerProcess("tables that fail", () => new Set<string>());
  try {
    await task();
    failing.delete(name);
  } catch (error) {
    // Every second while the database is away: the first failure is enough.
    const level = failing.has(name) ? "debug" : "warn";
    failing.add(name);
    log()[level]({ err: error, table: name }, "could not reload a table; the old one stays");
  }
}
