import "server-only";
import type { Arrivals } from "#fleet/devices/arrivals";
import { toArrivals } from "#fleet/devices/arrivals";
import { findArrivalCounts } from "#fleet/devices/server/arrival-store";
import { db } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";

type WatchState = {
  /** The last result; null before the first query. */
  arrivals: Arrivals | null;
  saidAtMs: number;
};

/** A continuing alarm is repeated after this time. */
const REPEAT_AFTER_MS = 60 * 60 * 1000;

/** The last result of `watchArrivals` in this process, for metrics. */
export function lastArrivals(): Arrivals | null {
  return watchState().arrivals;
}

/** Reads the counts of the last hour, and logs a warning if they are higher than usual. */
export async function watchArrivals(now: Date): Promise<void> {
  const state = watchState();
  const arrivals = toArrivals(await findArrivalCounts(db), env().NEW_PHONES_ALARM_PER_HOUR);
  state.arrivals = arrivals;
  if (!arrivals.isAlarm) {
    state.saidAtMs = 0;
  } else if (now.getTime() - state.saidAtMs >= REPEAT_AFTER_MS) {
    state.saidAtMs = now.getTime();
    const { added, leftOut, phoneNetworks } = arrivals;
    log().warn(
      { added, leftOut, from: phoneNetworks },
      "An unusual number of new phones checked within the last hour",
    );
  }
}

function watchState(): WatchState {
  return oncePerProcess("arrival watch", () => ({ arrivals: null, saidAtMs: 0 }));
}
