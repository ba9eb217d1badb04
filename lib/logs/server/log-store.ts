import "server-only";
import { AppError } from "#lib/core/errors";
import type { LogUsage } from "#lib/logs/model";
import { freeBytes, measureStore, onDisk } from "#lib/logs/server/log-files";
import { env } from "#lib/platform/env";
import { oncePerProcess } from "#lib/platform/once-per-process";

/**
 * Keeps the log store within its quota and off the last free bytes of the disk. Every upload reserves the most it may
 * become before it writes its first byte, so that many at once stay within the limits as well.
 */

type Ledger = {
  /** What files take, as far as it has been measured. */
  used: Promise<number> | null;
  reservedBytes: number;
  uploads: number;
};

export type Reservation = {
  /** Ends the reservation; what was kept counts from now on. */
  readonly settle: (keptBytes: number) => Promise<void>;
};

/** Uploads in hand at the same time; each has a buffer and a file handle. */
const MOST_AT_ONCE = 32;
const BUSY_SECONDS = 5;
const FULL_SECONDS = 3600;

/** Makes room for an upload, or says that there is none. Nothing is deleted to make it. */
export async function reserveRoom(limitBytes: number): Promise<Reservation> {
  const state = ledger();
  if (state.uploads >= MOST_AT_ONCE) {
    throw refusal("Too many logs are being uploaded.", BUSY_SECONDS);
  }
  const neededBytes = onDisk(limitBytes);
  state.uploads += 1;
  state.reservedBytes += neededBytes;
  try {
    await requireRoom(state);
  } catch (error) {
    release(state, neededBytes);
    throw error;
  }
  return {
    settle: async (keptBytes) => {
      const usedBytes = await used(state);
      state.used = Promise.resolve(usedBytes + (keptBytes === 0 ? 0 : onDisk(keptBytes)));
      release(state, neededBytes);
    },
  };
}

/** How full the store is. */
export async function logUsage(): Promise<LogUsage> {
  return { usedBytes: await used(ledger()), quotaBytes: env().LOG_STORE_QUOTA_BYTES };
}

/** Counts anew, after files have gone. */
export function forgetUsage(): void {
  ledger().used = null;
}

/** What the logs of one phone may take: one that floods leaves room for the others. */
export function phoneShareBytes(limitBytes: number): number {
  return Math.max(limitBytes, Math.floor(env().LOG_STORE_QUOTA_BYTES / 10));
}

export function storeFull(message: string): AppError {
  return refusal(message, FULL_SECONDS);
}

async function requireRoom(state: Ledger): Promise<void> {
  const { LOG_STORE_QUOTA_BYTES, LOG_STORE_FREE_BYTES } = env();
  const usedBytes = await used(state);
  if (usedBytes + state.reservedBytes > LOG_STORE_QUOTA_BYTES) {
    throw storeFull("The store of device logs is full.");
  }
  if ((await freeBytes()) - state.reservedBytes < LOG_STORE_FREE_BYTES) {
    throw storeFull("The disk that holds device logs is full.");
  }
}

function release(state: Ledger, bytes: number): void {
  state.uploads -= 1;
  state.reservedBytes -= bytes;
}

function used(state: Ledger): Promise<number> {
  state.used ??= measureStore().catch((error: unknown) => {
    state.used = null;
    throw error;
  });
  return state.used;
}

function refusal(message: string, retryAfterSeconds: number): AppError {
  return new AppError("unavailable", message, { retryAfterSeconds });
}

function ledger(): Ledger {
  return oncePerProcess("log store ledger", () => ({ used: null, reservedBytes: 0, uploads: 0 }));
}
