import "server-only";
import { setImmediate } from "node:timers/promises";
import { isWanted } from "#phones/captures/decide-reason";
import type {
  CaptureLosses,
  CaptureReason,
  CaptureRecord,
  CaptureSettings,
  RawCapture,
} from "#phones/captures/model";
import { CAPTURE_SETTING } from "#phones/captures/model";
import { rateLimit } from "#phones/captures/rate-limit";
import { captureSettings, DEFAULT_CAPTURE_SETTINGS } from "#phones/captures/schema";
import {
  deleteOldCaptures,
  deleteSurplusCaptures,
  insertCaptures,
} from "#phones/captures/server/store";
import { toCaptureRecord } from "#phones/captures/to-record";
import type { BoundedQueue } from "#phones/check/bounded-queue";
import { boundedQueue } from "#phones/check/bounded-queue";
import { db } from "#foundation/platform/db/client";
import type { Repetition } from "#foundation/platform/every";
import { every } from "#foundation/platform/every";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { liveSetting } from "#foundation/settings/server/live-settings";
import { DAY_MS } from "#foundation/core/day";

/** With the largest bodies, some 16 MB. */
const MOST_WAITING = 256;
const EVERY_MS = 1_000;
/** Captures grow old without new ones coming, so tidying goes on by itself. */
const TIDY_EVERY_MS = 60_000;

export type RunningCapturer = {
  /** Writes what is waiting. */
  readonly flush: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type CapturerState = {
  readonly waiting: BoundedQueue<RawCapture>;
  readonly limit: ReturnType<typeof rateLimit>;
  overRate: number;
  dropped: number;
  tidyAfterMs: number;
  running: RunningCapturer | null;
};

const settings = liveSetting(CAPTURE_SETTING, (stored): CaptureSettings => {
  const parsed = captureSettings.safeParse(stored);
  return parsed.success ? parsed.data : DEFAULT_CAPTURE_SETTINGS;
});

/** Whether anything is captured at all. Asked for every request, so it costs next to nothing. */
export function isCapturing(): boolean {
  return settings().mode !== "off" && capturerState().running !== null;
}

/** Whether requests of this kind are kept, and there is room for one more in this minute. */
export function wantsCapture(reason: CaptureReason): boolean {
  const { mode, perMinute } = settings();
  if (!isWanted(mode, reason)) {
    return false;
  }
  const state = capturerState();
  const isWithinRate = state.limit.take(Date.now(), perMinute);
  state.overRate += isWithinRate ? 0 : 1;
  return isWithinRate;
}

/** Hands over a request. Never waits and never fails: where there is no room, the oldest makes it. */
export function offerCapture(capture: RawCapture): void {
  const state = capturerState();
  state.dropped += state.waiting.push(capture) ? 0 : 1;
}

/** What could not be kept since the process began. */
export function captureLosses(): CaptureLosses {
  const { overRate, dropped } = capturerState();
  return { overRate, dropped };
}

/** Begins to write down captures. There is one capturer per process; to ask again is to share it. */
export function startCapturer(): RunningCapturer {
  const state = capturerState();
  state.running ??= start(state);
  return state.running;
}

function start(state: CapturerState): RunningCapturer {
  const flush = (): Promise<void> => writeWaiting(state);
  const repetition: Repetition = every(EVERY_MS, "keep captured requests", flush);
  return {
    flush,
    stop: async () => {
      state.running = null;
      await repetition.stop();
      await flush();
    },
  };
}

async function writeWaiting(state: CapturerState): Promise<void> {
  const { waiting } = state;
  const { maxBodyBytes } = settings();
  const taken = waiting.take(MOST_WAITING);
  try {
    if (taken.length > 0) {
      await insertCaptures(db, await toRecords(taken, maxBodyBytes));
    }
  } catch (error) {
    // They wait for the database; where there is no room left, the oldest are lost.
    for (const capture of taken) {
      state.dropped += waiting.push(capture) ? 0 : 1;
    }
    throw error;
  }
  await tidy(state, taken.length > 0);
}

/** One at a time, so that phones are answered between them: after an outage, hundreds wait. */
async function toRecords(
  captures: readonly RawCapture[],
  maxBodyBytes: number,
): Promise<readonly CaptureRecord[]> {
  const records: CaptureRecord[] = [];
  for (const capture of captures) {
    records.push(toCaptureRecord(capture, maxBodyBytes));
    await setImmediate();
  }
  return records;
}

async function tidy(state: CapturerState, isGrown: boolean): Promise<void> {
  const nowMs = Date.now();
  if (!isGrown && nowMs < state.tidyAfterMs) {
    return;
  }
  state.tidyAfterMs = nowMs + TIDY_EVERY_MS;
  const { maxCount, keepDays } = settings();
  await deleteOldCaptures(db, new Date(nowMs - keepDays * DAY_MS));
  await deleteSurplusCaptures(db, maxCount);
}

function capturerState(): CapturerState {
  return oncePerProcess("capturer", () => ({
    waiting: boundedQueue<RawCapture>(MOST_WAITING),
    limit: rateLimit(),
    overRate: 0,
    dropped: 0,
    tidyAfterMs: 0,
    running: null,
  }));
}
