import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { log } from "#foundation/platform/log";

export type HeldSession = { readonly release: () => Promise<void> };

const RETRY_MS = 200;

/**
 * Keeps a database session whose locks PostgreSQL releases when the process ends in any way. A restart of the database
 * ends the session too; `acquire` then opens another as soon as the database is available. It returns null if another
 * session has the locks.
 */
export function holdSession(
  first: pg.Client,
  acquire: () => Promise<pg.Client | null>,
): HeldSession {
  let client = first;
  let isReleased = false;
  const watch = (): void => {
    client.once("end", () => {
      void acquireAgain();
    });
  };
  const acquireAgain = async (): Promise<void> => {
    while (!isReleased) {
      await delay(RETRY_MS, undefined, { ref: false });
      const again = await acquire().catch(() => null);
      if (again !== null) {
        client = again;
        watch();
        return;
      }
    }
  };
  watch();
  return {
    release: async () => {
      isReleased = true;
      await client.end().catch((error: unknown) => {
        log().debug({ err: error }, "a session with locks had already ended");
      });
    },
  };
}
