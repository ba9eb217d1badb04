import "server-only";
import { AppError } from "#foundation/core/errors";
import type { KeyedSlots } from "#foundation/core/keyed-slots";
import { keyedSlots } from "#foundation/core/keyed-slots";
import type { DeviceCaller } from "#phones/device-api/device-env";
import { RETRY_WITHIN_SECONDS } from "#phones/device-api/shed-load";
import type { Side } from "#fleet/devices/model";
import { SIDES } from "#fleet/devices/model";
import { env } from "#foundation/platform/env";
import { toNetwork } from "#foundation/platform/ip-ranges";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/**
 * Acquires a slot for sending an image to an admitted phone, and returns the function that releases it. Each side has
 * its own slots, and one address gets only a part of them. Beyond the limits, throws `unavailable` with a retry delay.
 */
export function takeTransfer({
  side,
  address,
}: Pick<DeviceCaller, "side" | "address">): () => void {
  const release = slotsOf(side).take(toNetwork(address));
  if (release === null) {
    const { least, most } = RETRY_WITHIN_SECONDS;
    throw new AppError("unavailable", "Too many phones are downloading images.", {
      retryAfterSeconds: least + Math.floor(Math.random() * (most - least + 1)),
    });
  }
  return release;
}

/** The number of images that are being sent on both sides. */
export function countTransfers(): number {
  return SIDES.reduce((sum, side) => sum + slotsOf(side).taken(), 0);
}

function slotsOf(side: Side): KeyedSlots {
  return oncePerProcess(`transfer slots, ${side}`, () =>
    keyedSlots({ max: env().MAX_TRANSFERS, maxPerKey: env().MAX_TRANSFERS_PER_ADDRESS }),
  );
}
