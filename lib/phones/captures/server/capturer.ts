import "server-only";
import { setImmediate } from "node:timers/promises";
import { isWanted } from "#phones/captures/decide-reason";
import type {
  CaptureReason,
  CaptureRecord,
  CaptureSettings,
  RawCapture,
} from "#phones/captures/model";
import { CAPTURE_SETTING } from "#phones/captures/model";
import { rateLimit } from "#phones/captures/rate-limit";
import { captureSettings, DEFAULT_CAPTURE_SETTINGS } from "#phones/captures/schema";
import {
  addCaptureLosses,
  deleteOldCaptureLosses,
  deleteOldCaptures,
  deleteSurplusCaptures,
  insertCaptures,
} from "#phones/captures/server/store";
import { toCaptureRecord } from "#phones/captures/to-record";
import type { BoundedQueue } from "#phones/check/bounded-queue";
import { boundedQueue } from "#phones/check/bounded-queue";
import { db } from "#foundation/platform/db/client";
import { notifyLive } from "#foundation/platform/db/listen";
import { SharedLimit } from "#foundation/platform/db/shared-limit";
import type { RepeatedTask } from "#foundation/platform/repeat-task";
import { repeatTask } from "#foundation/platform/repeat-task";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { liveSetting } from "#foundation/settings/server/live-settings";
import { DAY_MS } from "#foundation/core/time";

/** About 16 MB with the largest bodies. */
const MAX_BUFFERED_CAPTURES = 256;
const EVERY_MS = 1_000;
const MINUTE_SECONDS = 60;
/** Captures expire even if there are no new ones, so old ones are also deleted on a schedule. */
const TIDY_EVERY_MS = 60_000;

export type RunningCapturer = {
  /** Writes the buffered captures. */
  readonly flush: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type CapturerState = {
  readonly waiting: BoundedQueue<RawCapture>;
  readonly limit: ReturnType<typeof rateLimit>;
  readonly everywhere: SharedLimit;
  /** Not captured, and not yet written to the database. */
  overRate: number;
  dropped: number;
  tidyAfterMs: number;
  running: RunningCapturer | null;
};

const settings = liveSetting(CAPTURE_SETTING, (stored): CaptureSettings => {
  const parsed = captureSettings.safeParse(stored);
  return parsed.success ? parsed.data : DEFAULT_CAPTURE_SETTINGS;
});

/** Whether capturing is on. Called for every request, so it must be cheap. */
export function isCapturing(): boolean {
  return settings().mode !== "off" && capturerState().running !== null;
}

/**
 * Whether requests with this reason are captured, and the limit per minute allows one more in this process. What all
 * processes captured is limited when it is written.
 */
export function shouldCapture(reason: CaptureReason): boolean {
  const { mode, perMinute } = settings();
  if (!isWanted(mode, reason)) {
    return false;
  }
  const state = capturerState();
  const isWithinRate = state.limit.take(Date.now(), perMinute);
  state.overRate += isWithinRate ? 0 : 1;
  return isWithinRate;
}

/** Buffers a request. Never waits and never fails: if the buffer is full, the oldest capture is dropped. */
export function offerCapture(capture: RawCapture): void {
  const state = capturerState();
  state.dropped += state.waiting.push(capture) ? 0 : 1;
}

/** Starts the writing of captures. There is one capturer per process; further calls return it. */
export function startCapturer(): RunningCapturer {
  const state = capturerState();
  state.running ??= start(state);
  return state.running;
}

function start(state: CapturerState): RunningCapturer {
  const flush = (): Promise<void> => writeWaiting(state);
  const repetition: RepeatedTask = repeatTask(EVERY_MS, "write captured requests", flush);
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
  const taken = await withinRate(state, waiting.take(MAX_BUFFERED_CAPTURES));
  try {
    if (taken.length > 0) {
      await insertCaptures(db, await toRecords(taken, maxBodyBytes));
    }
  } catch (error) {
    // They are buffered again for a retry; if the buffer is full, the oldest are dropped.
    for (const capture of taken) {
      state.dropped += waiting.push(capture) ? 0 : 1;
    }
    throw error;
  }
  if (taken.length > 0) {
    await notifyLive(db, "captures");
  }
  await writeLosses(state);
  await tidy(state, taken.length > 0);
}

/** The captures that the limit per minute of all processes and hosts allows; all of them while the database is away. */
async function withinRate(
  state: CapturerState,
  taken: readonly RawCapture[],
): Promise<readonly RawCapture[]> {
  if (taken.length === 0) {
    return taken;
  }
  const ofAll = (await state.everywhere.add("captures", taken.length)) ?? 0;
  const surplus = Math.min(taken.length, Math.max(0, ofAll - settings().perMinute));
  state.overRate += surplus;
  return taken.slice(0, taken.length - surplus);
}

async function writeLosses(state: CapturerState): Promise<void> {
  const { overRate, dropped } = state;
  if (overRate + dropped > 0) {
    await addCaptureLosses(db, { overRate, dropped });
    state.overRate -= overRate;
    state.dropped -= dropped;
  }
}

/** One at a time, so that phones are answered in between: after an outage, hundreds are buffered. */
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
  await deleteOldCaptureLosses(db);
}

function capturerState(): CapturerState {
  return oncePerProcess("capturer", () => ({
    waiting: boundedQueue<RawCapture>(MAX_BUFFERED_CAPTURES),
    limit: rateLimit(),
    everywhere: new SharedLimit({
      name: "captures",
      points: Number.MAX_SAFE_INTEGER,
      durationSeconds: MINUTE_SECONDS,
    }),
    overRate: 0,
    dropped: 0,
    tidyAfterMs: 0,
    running: null,
  }));
}
