import "server-only";
import { oncePerProcess } from "#foundation/platform/once-per-process";

type OwnServer = { isRunning: boolean };

/**
 * Declares that this process is the panel of `npm start`: other processes answer phones, so the routes for phones in Next
 * refuse every request.
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
