import "server-only";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import { progressLimits } from "#fleet/devices/progress-state";
import { env } from "#foundation/platform/env";

/** The progress limits that follow from the configured intervals. */
export function currentLimits(now: Date): ProgressLimits {
  const { NEXT_CHECK_SECONDS, INSTALL_IDLE_SECONDS } = env();
  return progressLimits(now, {
    nextCheckSeconds: NEXT_CHECK_SECONDS,
    idleSeconds: INSTALL_IDLE_SECONDS,
  });
}
