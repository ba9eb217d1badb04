import "server-only";
import { AppError } from "#foundation/core/errors";
import type { KeyedSlots } from "#foundation/core/keyed-slots";
import { keyedSlots } from "#foundation/core/keyed-slots";
import type { Side } from "#fleet/devices/model";
import type { LogUsage } from "#phones/device-logs/model";
import { freeBytes, measureStore, onDisk } from "#phones/device-logs/server/log-files";
import { env } from "#foundation/platform/env";
import { toNetwork } from "#foundation/platform/ip-ranges";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/**
 * Keeps the log store within its quota and off the last free bytes of the disk. Every upload reserves the most it may
 * become before it writes its first byte, so that many at once stay within the limits as well.
 */

type Ledger = {
  /** What files take, as far as it has been measured. */
  used: Promise<number> | null;
  reservedBytes: number;
  readonly slots: Readonly<Record<Side, KeyedSlots>>;
};

export type Reservation = {
  /** Ends the reservation; what was kept counts from now on. */
  readonly settle: (keptBytes: number) => Promise<void>;
};

/** Who uploads, as far as the limits depend on it. */
export type LogSender = { readonly side: Side; readonly address: string };

/** Uploads at the same time on each side, each with a buffer and a file handle; one address leaves room for the others. */
const SLOT_LIMITS = { max: 32, maxPerKey: 8 };
const BUSY_SECONDS = 5;
const FULL_SECONDS = 3600;

/** Makes room for an upload, or says that there is none. Nothing is deleted to make it. */
export async function reserveRoom(limitBytes: number, sender: LogSender): Promise<Reservation> {
  const state = ledger();
  const releaseSlot = state.slots[sender.side].take(toNetwork(sender.address));
  if (releaseSlot === null) {
    throw refusal("Too many logs are being uploaded.", BUSY_SECONDS);
  }
  const neededBytes = onDisk(limitBytes);
  state.reservedBytes += neededBytes;
  const release = (): void => {
    state.reservedBytes -= neededBytes;
    releaseSlot();
  };
  try {
    await requireRoom(state);
  } catch (error) {
    release();
    throw error;
  }
  return {
    settle: async (keptBytes) => {
      const usedBytes = await used(state);
      state.used = Promise.resolve(usedBytes + (keptBytes === 0 ? 0 : onDisk(keptBytes)));
      release();
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
  return oncePerProcess("log store ledger", () => ({
    used: null,
    reservedBytes: 0,
    slots: { internal: keyedSlots(SLOT_LIMITS), external: keyedSlots(SLOT_LIMITS) },
  }));
}
