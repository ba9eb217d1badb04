import "server-only";
import { AppError } from "#foundation/core/errors";
import type { TokenBuckets } from "#phones/device-logs/token-buckets";
import { tokenBuckets } from "#phones/device-logs/token-buckets";
import { env } from "#foundation/platform/env";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Addresses may be shared, by phones behind a gateway; an address gets what so many phones get. */
const PHONES_PER_ADDRESS = 20;
const MOST_CALLERS = 20_000;

/** Before anything is read: what a phone says of itself can be made up, an address cannot. */
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
        mostCallers: MOST_CALLERS,
      }),
      byPhone: tokenBuckets({ burst: perMinute, perMinute, mostCallers: MOST_CALLERS }),
    };
  });
}
