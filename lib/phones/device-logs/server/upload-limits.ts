import "server-only";
import { AppError } from "#foundation/core/errors";
import type { TokenBuckets } from "#phones/device-logs/token-buckets";
import { tokenBuckets } from "#phones/device-logs/token-buckets";
import { env } from "#foundation/platform/env";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Phones behind a gateway share an address, so an address may upload as much as this many phones. */
const PHONES_PER_ADDRESS = 20;
const MAX_CALLERS = 20_000;

/** Checked before anything is read: a phone can forge its identity, but not its address. */
export function takeByAddress(address: string, now: Date): void {
  refuseUntil(limits().byAddress.take(address, now.getTime()));
}

export function takeByPhone(phone: string, now: Date): void {
  refuseUntil(limits().byPhone.take(phone, now.getTime()));
}

function refuseUntil(waitSeconds: number): void {
  if (waitSeconds > 0) {
    throw new AppError("rate_limited", "This phone uploads too many logs.", {
      retryAfterSeconds: waitSeconds,
    });
  }
}

function limits(): { readonly byAddress: TokenBuckets; readonly byPhone: TokenBuckets } {
  return oncePerProcess("log upload limits", () => {
    const perMinute = env().LOG_UPLOADS_PER_MINUTE;
    const perAddress = perMinute * PHONES_PER_ADDRESS;
    return {
      byAddress: tokenBuckets({
        burst: perAddress,
        perMinute: perAddress,
        mostCallers: MAX_CALLERS,
      }),
      byPhone: tokenBuckets({ burst: perMinute, perMinute, mostCallers: MAX_CALLERS }),
    };
  });
}
