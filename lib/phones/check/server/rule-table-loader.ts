import "server-only";
import type { RuleTable } from "#phones/check/rule-table";
import { buildRuleTable } from "#phones/check/rule-table";
import { coalescedTask } from "#phones/check/server/coalesced-task";
import { findSnapshot, findStamp } from "#phones/check/server/store";
import { AppError } from "#foundation/core/errors";
import { RULES_CHANNEL } from "#foundation/platform/db/channels";
import { db, inTransaction } from "#foundation/platform/db/client";
import { listen } from "#foundation/platform/db/listen";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** A single change shows at once; a bulk approval of hundreds of rules costs two loads a second while it lasts. */
const RELOAD_PACE = { gatherMs: 50, restMs: 500 };
/** The safety net: a notification may get lost, and a load may fail. */
const COMPARE_EVERY_MS = 30_000;

export type RunningRuleTable = { readonly stop: () => Promise<void> };

export type RuleTableState = {
  table: RuleTable | null;
  /** When the table was last known to be what the database holds. */
  confirmedAt: Date | null;
  loads: number;
  running: Promise<RunningRuleTable> | null;
};

/** The table as it stands. Checks take it once and never wait for it. */
export function currentRuleTable(): RuleTable {
  const { table } = ruleTableState();
  if (table === null) {
    throw new AppError("unavailable", "The rules have not been loaded yet.", {
      retryAfterSeconds: 5,
    });
  }
  return table;
}

/** How the table of this process is doing, for health and metrics. */
export function ruleTableState(): RuleTableState {
  return oncePerProcess("rule table", () => ({
    table: null,
    confirmedAt: null,
    loads: 0,
    running: null,
  }));
}

/**
 * Loads the rules and keeps them in step with the database until stopped. Rejects if the first load fails: without
 * rules every phone would be told that there is nothing for it. There is one per process; to ask again is to share it.
 */
export function startRuleTable(): Promise<RunningRuleTable> {
  const state = ruleTableState();
  state.running ??= start(state).catch((error: unknown) => {
    state.running = null;
    throw error;
  });
  return state.running;
}

async function start(state: RuleTableState): Promise<RunningRuleTable> {
  await load(state);
  const reload = coalescedTask(() => loadOrKeep(state), RELOAD_PACE);
  const subscription = listen(RULES_CHANNEL, {
    onNotify: reload.request,
    onConnect: reload.request,
  });
  const timer = setInterval(() => {
    void compare(state, reload.request);
  }, COMPARE_EVERY_MS);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await subscription.stop();
      await reload.stop();
      state.running = null;
    },
  };
}

async function load(state: RuleTableState): Promise<void> {
  const snapshot = await inTransaction((tx) => findSnapshot(tx, new Date()), {
    isolation: "RepeatableRead",
  });
  state.table = buildRuleTable(snapshot);
  state.confirmedAt = snapshot.loadedAt;
  state.loads += 1;
}

async function loadOrKeep(state: RuleTableState): Promise<void> {
  try {
    await load(state);
  } catch (error) {
    // Rules that were right a moment ago are better than none: phones are answered from them until the database is back.
    log().warn({ err: error }, "Rules could not be loaded; checks are answered from those at hand");
  }
}

async function compare(state: RuleTableState, reload: () => void): Promise<void> {
  try {
    const comparedAt = new Date();
    if ((await findStamp(db)) === state.table?.stamp) {
      state.confirmedAt = comparedAt;
    } else {
      reload();
    }
  } catch (error) {
    log().warn({ err: error }, "Rules could not be compared with the database");
  }
}
