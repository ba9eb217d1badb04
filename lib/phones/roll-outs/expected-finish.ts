import type { RollOutCounts, RollOutState } from "#fleet/devices/roll-out-state";
import { DAY_MS, HOUR_MS } from "#foundation/core/time";
import type { RollOutSample } from "#phones/roll-outs/model";

/** The states of phones that are expected to run the version some time. */
const REMAINING_STATES = [
  "waiting",
  "offered",
  "downloading",
  "downloaded",
] as const satisfies readonly RollOutState[];

const HOURS_PER_DAY = 24;
/** A shorter history shows a rate by accident. */
const MIN_HISTORY_MS = HOUR_MS / 4;
/** The rate of a roll-out that is younger than a day. */
const RECENT_MS = 3 * HOUR_MS;
/** Older samples do not count. */
export const MAX_RATE_HISTORY_MS = DAY_MS + RECENT_MS;
/** How much faster or slower than the day before the next day may be assumed to be. */
const MAX_CHANGE = 4;
/** A later finish is as good as unknown. */
const MAX_AHEAD_MS = 90 * DAY_MS;

/** The phones of which a roll-out is still expected to change something. */
export function countRemaining(counts: RollOutCounts): number {
  return REMAINING_STATES.reduce((sum, state) => sum + counts[state], 0);
}

/**
 * When the last of the remaining phones is expected to have the version: at the rate of the last hours or, with a day of
 * history, hour by hour as on the day before, faster or slower as the last hours are. Silent phones and phones in trouble
 * are not waited for. Null if it cannot be known; never before `now`.
 *
 * `samples` are in order of time; each is valid until the next one.
 */
export function expectedFinish(samples: readonly RollOutSample[], now: Date): Date | null {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined) {
    return null;
  }
  const remaining = countRemaining(last);
  const historyMs = now.getTime() - first.at.getTime();
  if (remaining === 0 || historyMs < MIN_HISTORY_MS) {
    return null;
  }
  const aheadMs =
    historyMs < DAY_MS
      ? aheadAtRecentRate(samples, { now, remaining, historyMs })
      : aheadByDay(samples, { now, remaining, historyMs });
  return aheadMs === null || aheadMs > MAX_AHEAD_MS ? null : new Date(now.getTime() + aheadMs);
}

type Question = {
  readonly now: Date;
  readonly remaining: number;
  readonly historyMs: number;
};

function aheadAtRecentRate(
  samples: readonly RollOutSample[],
  { now, remaining, historyMs }: Question,
): number | null {
  const spanMs = Math.min(RECENT_MS, historyMs);
  const gained = gainBetween(samples, now.getTime() - spanMs, now.getTime());
  return gained <= 0 ? null : (remaining / gained) * spanMs;
}

/** Walks through the hours of the last day again and again, until no phone remains. */
function aheadByDay(
  samples: readonly RollOutSample[],
  { now, remaining, historyMs }: Question,
): number | null {
  const nowMs = now.getTime();
  const pace = paceAgainstYesterday(samples, nowMs, historyMs);
  const gains = Array.from({ length: HOURS_PER_DAY }, (_, hour) => {
    const fromMs = nowMs - DAY_MS + hour * HOUR_MS;
    return Math.max(0, gainBetween(samples, fromMs, fromMs + HOUR_MS)) * pace;
  });
  const perDay = gains.reduce((sum, gain) => sum + gain, 0);
  if (perDay <= 0) {
    return null;
  }
  const wholeDays = Math.max(0, Math.ceil(remaining / perDay) - 1);
  let left = remaining - wholeDays * perDay;
  for (const [hour, gain] of gains.entries()) {
    if (gain > 0 && left <= gain) {
      return wholeDays * DAY_MS + (hour + left / gain) * HOUR_MS;
    }
    left -= gain;
  }
  return (wholeDays + 1) * DAY_MS;
}

/** How the last hours compare with the same hours a day before; 1 if that cannot be said. */
function paceAgainstYesterday(
  samples: readonly RollOutSample[],
  nowMs: number,
  historyMs: number,
): number {
  if (historyMs < DAY_MS + RECENT_MS) {
    return 1;
  }
  const recent = gainBetween(samples, nowMs - RECENT_MS, nowMs);
  const before = gainBetween(samples, nowMs - RECENT_MS - DAY_MS, nowMs - DAY_MS);
  return recent <= 0 || before <= 0
    ? 1
    : Math.min(MAX_CHANGE, Math.max(1 / MAX_CHANGE, recent / before));
}

/** How many phones more run the version at the end of a span than at its beginning. */
function gainBetween(samples: readonly RollOutSample[], fromMs: number, toMs: number): number {
  return runningAt(samples, toMs) - runningAt(samples, fromMs);
}

/** Before the first sample, the number of the first sample. */
function runningAt(samples: readonly RollOutSample[], ms: number): number {
  const valid = samples.findLast(({ at }) => at.getTime() <= ms) ?? samples[0];
  return valid?.running ?? 0;
}
