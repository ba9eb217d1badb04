import "server-only";
import type { ProgressLimits } from "#lib/devices/progress";
import { progressLimits } from "#lib/devices/progress";
import { env } from "#lib/platform/env";

/** From when on silence and old versions mean something, with what phones of this service are told about time. */
export function currentLimits(now: Date): ProgressLimits {
  const { NEXT_CHECK_SECONDS, INSTALL_IDLE_SECONDS } = env();
  return progressLimits(now, {
    nextCheckSeconds: NEXT_CHECK_SECONDS,
    idleSeconds: INSTALL_IDLE_SECONDS,
  });
}
