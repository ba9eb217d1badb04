import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import type { Task } from "#programs/cli/command";
import type { Outcome } from "#programs/cli/outcome";
import { openSession } from "#programs/cli/session";
import type { Session } from "#programs/cli/session";
import type { Terminal } from "#programs/cli/terminal";
import { AppError } from "#foundation/core/errors";
import { translateDatabaseOutage } from "#foundation/platform/db/unavailable";
import { env } from "#foundation/platform/env";
import { log } from "#foundation/platform/log";

/** How long a command that is asked to stop may take to shut down. */
const STOP_GRACE_MS = 10_000;

/** Runs a command, with a database if it needs one. A defect is logged here, once, with the request id. */
export async function runTask(task: Task, terminal: Terminal): Promise<Outcome> {
  const session = openSession(terminal);
  try {
    return task.needsDatabase !== false
      ? await runWithDatabase(task, session)
      : await task.run(session);
  } catch (error) {
    throw translate(error, session);
  }
}

async function runWithDatabase(task: Task, session: Session): Promise<Outcome> {
  // Loaded here, because a simulated phone has no database and need not wait for these modules.
  const { openDatabase } = await import("#foundation/platform/db/open");
  const database = await openDatabase({
    isMigrated: task.needsDatabase !== "unmigrated",
    beforeMigration: async () => {
      const { backUpBeforeMigration } =
        await import("#programs/backup/server/back-up-before-migration");
      await backUpBeforeMigration();
    },
  });
  if (database.isNew) {
    session.terminal.tell(newDatabaseText(database));
  }
  try {
    return await Promise.race([task.run(session), stoppedAfterGrace(session.terminal.stop)]);
  } finally {
    await database.close();
  }
}

/** A command without the settings of the service would say that nothing was found. */
function newDatabaseText({ isEmbedded }: { readonly isEmbedded: boolean }): string {
  const place = isEmbedded ? ` in ${env().DATA_DIRECTORY}` : "";
  return `The database${place} is new and empty. If the service uses another one, give commands its DATA_DIRECTORY or DATABASE_URL.\n`;
}

/** Throws `STOP_GRACE_MS` after the signal to stop, which may have come while the database was opening. */
async function stoppedAfterGrace(stop: AbortSignal): Promise<Outcome> {
  if (!stop.aborted) {
    await once(stop, "abort");
  }
  await delay(STOP_GRACE_MS, undefined, { ref: false });
  stop.throwIfAborted();
  return "interrupted";
}

function translate(error: unknown, { requestId, terminal }: Session): unknown {
  if (error instanceof AppError || terminal.stop.aborted) {
    return error;
  }
  log().error({ err: error, requestId }, "a command failed");
  return translateDatabaseOutage(error);
}
