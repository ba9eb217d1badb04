import "server-only";
import process from "node:process";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/**
 * Ctrl-C reaches every process of the terminal, and npm and `scripts/lib/run.mjs` forward it, so one request arrives
 * several times.
 */
const SAME_REQUEST_MS = 2_000;

/**
 * Resolves when the process is asked to stop. A second request after a moment ends the process immediately; the next
 * start recovers from that.
 */
export function stopRequest(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let askedAt: number | null = null;
    const ask = (signal: NodeJS.Signals): void => {
      if (askedAt !== null && performance.now() - askedAt > SAME_REQUEST_MS) {
        process.exit(1);
      }
      askedAt ??= performance.now();
      resolve(signal);
    };
    SIGNALS.forEach((signal) => process.on(signal, ask));
  });
}
