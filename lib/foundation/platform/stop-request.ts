import "server-only";
import process from "node:process";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** Ctrl-C reaches every process of the terminal, and npm and our starter hand it on: one wish arrives several times. */
const SAME_WISH_MS = 2_000;

/**
 * Resolves when the process is asked to stop. Whoever asks again after a moment does not want to wait any longer: the
 * process ends at once, which the next start can cope with.
 */
export function stopRequest(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    let askedAt: number | null = null;
    const ask = (signal: NodeJS.Signals): void => {
      if (askedAt !== null && Date.now() - askedAt > SAME_WISH_MS) {
        process.exit(1);
      }
      askedAt ??= Date.now();
      resolve(signal);
    };
    SIGNALS.forEach((signal) => process.on(signal, ask));
  });
}
