import "server-only";
import { isCleanUpDue } from "#phones/device-logs/clean-up-time";
import type { StoredLogSettings } from "#phones/device-logs/model";
import { deleteLogsOlderThan, sweepLogFiles } from "#phones/device-logs/server/clean-up";
import { withDefaults } from "#phones/device-logs/server/list-log-settings";
import { findLogSettings } from "#phones/device-logs/server/settings-store";
import type { LogScope } from "#phones/device-logs/server/store";
import { flushLeftLogs, flushLogs } from "#phones/device-logs/server/sync-cache";
import { db } from "#foundation/platform/db/client";
import { repeatTask } from "#foundation/platform/repeat-task";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Servers may have log files of their own, so each one cleans up; one job in the queue could not. */
const LOOK_EVERY_MS = 30_000;
/** A log that waits for longer than this was left by a process that ended. */
const LEFT_AGE_MS = 60 * 60 * 1000;

export type RunningLogKeeper = { readonly stop: () => Promise<void> };

type KeeperState = {
  /** The time of the last clean-up, by scope. */
  readonly lastRuns: Map<string, Date>;
  running: RunningLogKeeper | null;
};

/** Starts to clean up device logs at their time of day. There is one keeper per process, which further calls share. */
export function startLogKeeper(): RunningLogKeeper {
  const state = keeperState();
  state.running ??= start(state);
  return state.running;
}

/** Cleans up the scopes that are due: each once a day, and once at the start for a missed run. */
export async function cleanUpDueLogs(
  now: Date,
  lastRuns: Map<string, Date> = keeperState().lastRuns,
): Promise<number> {
  const stored = withDefaults(await findLogSettings(db));
  const due = stored.filter(({ siteId, settings }) =>
    isCleanUpDue(lastRuns.get(siteId ?? "global") ?? null, now, settings.cleanUpTimeOfDay),
  );
  let removed = 0;
  for (const one of due) {
    removed += await deleteLogsOlderThan(
      toScope(one, stored),
      one.settings.cleanUpIntervalDays,
      now,
    );
    lastRuns.set(one.siteId ?? "global", now);
  }
  if (due.length > 0) {
    const orphans = await sweepLogFiles(now);
    log().info({ removed, orphans }, "Device logs were cleaned up");
  }
  return removed;
}

function start(state: KeeperState): RunningLogKeeper {
  let leftAgeMs = 0;
  const look = async (): Promise<void> => {
    await flushLeftLogs(leftAgeMs);
    leftAgeMs = LEFT_AGE_MS;
    await cleanUpDueLogs(new Date(), state.lastRuns);
  };
  const repetition = repeatTask(LOOK_EVERY_MS, "clean up device logs", look);
  return {
    stop: async () => {
      state.running = null;
      await repetition.stop();
      await flushLogs().catch((error: unknown) => {
        log().warn({ err: error }, "Device logs wait on this host for the next start");
      });
    },
  };
}

/** The global settings apply to the logs of all sites without their own settings. */
function toScope(one: StoredLogSettings, stored: readonly StoredLogSettings[]): LogScope {
  return one.siteId === null
    ? {
        kind: "others",
        exceptSiteIds: stored.flatMap(({ siteId }) => (siteId === null ? [] : [siteId])),
      }
    : { kind: "site", siteId: one.siteId };
}

function keeperState(): KeeperState {
  return oncePerProcess("log keeper", () => ({ lastRuns: new Map<string, Date>(), running: null }));
}
