import "server-only";
import type { ProgressLimits } from "#fleet/devices/progress";
import { progressLimits } from "#fleet/devices/progress";
import { env } from "#foundation/platform/env";

/** From when on silence and old versions mean something, with what phones of this service are told about time. */
export function currentLimits(now: Date): ProgressLimits {
  const { NEXT_CHECK_SECONDS, INSTALL_IDLE_SECONDS } = env();
  return progressLimits(now, {
    nextCheckSeconds: NEXT_CHECK_SECONDS,
    idleSeconds: INSTALL_IDLE_SECONDS,
  });
}
