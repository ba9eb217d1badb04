import "server-only";
import { oncePerProcess } from "#foundation/platform/once-per-process";

type OwnServer = { isRunning: boolean };

/**
 * Says that `server.ts` runs in this process and answers phones in front of Next, so that the routes for phones in Next
 * refuse every request that comes to them.
 */
export function declareOwnServer(): void {
  state().isRunning = true;
}

export function isOwnServerRunning(): boolean {
  return state().isRunning;
}

function state(): OwnServer {
  return oncePerProcess("own server", () => ({ isRunning: false }));
}
