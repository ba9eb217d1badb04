import "server-only";
import { AppError } from "#foundation/core/errors";
import type { TokenBuckets } from "#phones/device-logs/token-buckets";
import { tokenBuckets } from "#phones/device-logs/token-buckets";
import { SharedLimit } from "#foundation/platform/db/shared-limit";
import { env } from "#foundation/platform/env";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Phones behind a gateway share an address, so an address may upload as much as this many phones. */
const PHONES_PER_ADDRESS = 20;
const MAX_CALLERS = 20_000;
const MINUTE_SECONDS = 60;

/** This process refuses alone what exceeds the limit here; the rest is counted with all other processes and hosts. */
type UploadLimit = { readonly here: TokenBuckets; readonly everywhere: SharedLimit };

/**
 * Checked before anything is read: a phone can forge its identity, but not its address. Throws `rate_limited`. While the
 * database is away, each process counts alone.
 */
export async function takeByAddress(address: string, now: Date): Promise<void> {
  await take(limits().byAddress, address, now);
}

/** Throws `rate_limited`. While the database is away, each process counts alone. */
export async function takeByPhone(phone: string, now: Date): Promise<void> {
  await take(limits().byPhone, phone, now);
}

async function take({ here, everywhere }: UploadLimit, caller: string, now: Date): Promise<void> {
  refuseUntil(here.take(caller, now.getTime()));
  refuseUntil(Math.ceil((await everywhere.take(caller)) / 1000));
}

function refuseUntil(waitSeconds: number): void {
  if (waitSeconds > 0) {
    throw new AppError("rate_limited", "This phone uploads too many logs.", {
      retryAfterSeconds: waitSeconds,
    });
  }
}

function limits(): { readonly byAddress: UploadLimit; readonly byPhone: UploadLimit } {
  return oncePerProcess("log upload limits", () => {
    const perMinute = env().LOG_UPLOADS_PER_MINUTE;
    return {
      byAddress: toLimit("log uploads by address", perMinute * PHONES_PER_ADDRESS),
      byPhone: toLimit("log uploads by phone", perMinute),
    };
  });
}

function toLimit(name: string, perMinute: number): UploadLimit {
  return {
    here: tokenBuckets({ burst: perMinute, perMinute, mostCallers: MAX_CALLERS }),
    everywhere: new SharedLimit({ name, points: perMinute, durationSeconds: MINUTE_SECONDS }),
  };
}
