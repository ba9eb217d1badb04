import "server-only";
import { env } from "#foundation/platform/env";

const DRAIN_MS = 10_000;
const ORPHAN_DRAIN_MS = 1_000;

export function isDevelopment(): boolean {
  return env().NODE_ENV === "development";
}

/**
 * How long requests in progress may take when a process stops. Under `npm run dev` a restart does not wait for them, and
 * a process without a supervisor makes room for the next start.
 */
export function drainMs(isOrphan: boolean): number {
  if (isDevelopment()) {
    return 0;
  }
  return isOrphan ? ORPHAN_DRAIN_MS : DRAIN_MS;
}
