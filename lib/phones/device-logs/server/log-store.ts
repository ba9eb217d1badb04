import "server-only";
import { AppError } from "#foundation/core/errors";
import type { KeyedSlots } from "#foundation/core/keyed-slots";
import { keyedSlots } from "#foundation/core/keyed-slots";
import type { Side } from "#fleet/devices/model";
import type { LogUsage } from "#phones/device-logs/model";
import { BLOCK_BYTES, freeBytes, measureStore, onDisk } from "#phones/device-logs/server/log-files";
import { sumStoredLogBytes } from "#phones/device-logs/server/store";
import { db } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";
import { toNetwork } from "#foundation/platform/ip-ranges";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/**
 * Keeps the log store within its quota, and keeps a minimum of the disk free. Every upload reserves its maximum size
 * before it writes its first byte, so that concurrent uploads stay within the limits too.
 */

type Ledger = {
  /** The disk usage of the files; null if it has not been measured yet. */
  used: Promise<number> | null;
  /** When the usage is no longer valid: other processes and hosts add and delete files too. */
  validUntilMs: number;
  reservedBytes: number;
  readonly slots: Readonly<Record<Side, KeyedSlots>>;
};

export type Reservation = {
  /** Ends the reservation. The bytes that were kept count as used from now on. */
  readonly settle: (keptBytes: number) => Promise<void>;
};

/** The properties of the sender that the limits depend on. */
export type LogSender = { readonly side: Side; readonly address: string };

/** Concurrent uploads on each side. Each needs a buffer and a file handle. One address leaves slots for the others. */
const SLOT_LIMITS = { max: 32, maxPerKey: 8 };
const BUSY_SECONDS = 5;
const FULL_SECONDS = 3600;
/** The files of this host are measured, the rows of a shared store are only summed. */
const USAGE_VALID_MS = { own: 30_000, shared: 5_000 };

/** Reserves space and a slot for an upload. Throws `unavailable` if there is none; nothing is deleted to make space. */
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

/** The used and allowed size of the store. */
export async function logUsage(): Promise<LogUsage> {
  return { usedBytes: await used(ledger()), quotaBytes: env().LOG_STORE_QUOTA_BYTES };
}

/** Makes the next request measure the usage again, after files were deleted. */
export function forgetUsage(): void {
  ledger().used = null;
}

/** The maximum for the logs of one phone, so that a phone that floods the store leaves space for the others. */
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
  const isShared = env().CONTENT_STORE !== undefined;
  if (performance.now() >= state.validUntilMs) {
    state.used = null;
    state.validUntilMs = performance.now() + USAGE_VALID_MS[isShared ? "shared" : "own"];
  }
  // The files of a shared store are changed by every host, but their rows are in one database.
  state.used ??= (isShared ? sumStoredLogBytes(db, BLOCK_BYTES) : measureStore()).catch(
    (error: unknown) => {
      state.used = null;
      throw error;
    },
  );
  return state.used;
}

function refusal(message: string, retryAfterSeconds: number): AppError {
  return new AppError("unavailable", message, { retryAfterSeconds });
}

function ledger(): Ledger {
  return oncePerProcess("log store ledger", () => ({
    used: null,
    validUntilMs: 0,
    reservedBytes: 0,
    slots: { internal: keyedSlots(SLOT_LIMITS), external: keyedSlots(SLOT_LIMITS) },
  }));
}
