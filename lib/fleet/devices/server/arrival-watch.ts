import "server-only";
import type { Arrivals } from "#fleet/devices/arrivals";
import { toArrivals } from "#fleet/devices/arrivals";
import { findArrivalCounts } from "#fleet/devices/server/arrival-store";
import { db } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";

type WatchState = {
  /** As it was looked up last; null before that. */
  arrivals: Arrivals | null;
  saidAtMs: number;
};

/** While it lasts, an alarm is repeated after this time. */
const REPEAT_AFTER_MS = 60 * 60 * 1000;

/** What strangers did in the last hour, as this process saw it last; for metrics. */
export function lastArrivals(): Arrivals | null {
  return watchState().arrivals;
}

/** Looks at what strangers did in the last hour, and says so in the log where it is more than usual. */
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
      "Unusually many new phones asked within the last hour",
    );
  }
}

function watchState(): WatchState {
  return oncePerProcess("arrival watch", () => ({ arrivals: null, saidAtMs: 0 }));
}
