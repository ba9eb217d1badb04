import "server-only";
import { EventEmitter } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { LogFunctionFactory, Runner, TaskList, WorkerEvents } from "graphile-worker";
import pg from "pg";
import type { Prisma } from "#generated/client";
import { directDatabaseUrl } from "#foundation/platform/db/database-url";
import { selectIfTableExists } from "#foundation/platform/db/select-if-table-exists";
import { log } from "#foundation/platform/log";

export type JobContext = {
  /** Aborted when the process stops: finish what cannot be repeated, then throw. The job runs again later. */
  readonly signal: AbortSignal;
  /** 1 for the first run. */
  readonly attempt: number;
  readonly isLastAttempt: boolean;
};

/** The payload is `unknown`: it comes from a table, and the task parses it. */
export type JobTask = (payload: unknown, context: JobContext) => Promise<void>;

export type JobOptions = {
  /** A second job with the same key replaces the first one if that has not started. */
  readonly jobKey?: string;
  readonly maxAttempts?: number;
  readonly runAt?: Date;
  /** Jobs of one queue run one after the other. */
  readonly queueName?: string;
};

export type WorkerOptions = {
  /** How many jobs run at the same time. Default: 1. */
  readonly concurrency?: number;
};

export type Worker = { readonly stop: () => Promise<void> };

const DEFAULT_ATTEMPTS = 25;
/** One connection listens, and one looks for jobs. */
const MIN_POOL_SIZE = 4;
const CLOSE_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 10;
const POLL_INTERVAL_MS = 5_000;
const ABORT_AFTER_MS = 5_000;
/** Every server looks for jobs of dead workers, so the crashed server does not have to restart for that. */
const RESCUE_INTERVAL_MS = 5_000;
/** A worker that has just started may not have registered its name yet. */
const UNKNOWN_FOR_SECONDS = 3;

/** The newest migration of the queue's package. A test fails when an update of the package adds another one. */
export const NEWEST_QUEUE_MIGRATION = 20;

/**
 * Creates the queue's own tables, as part of the migrations. The package is loaded only to change the tables or to run
 * jobs, because loading it with its dependencies takes a tenth of the time of a short command.
 */
export async function migrateJobs(client: pg.Client, connectionString: string): Promise<void> {
  const [newest] = await selectIfTableExists<{ id: number }>(
    client,
    "select id from graphile_worker.migrations order by id desc limit 1",
  );
  if (newest?.id !== NEWEST_QUEUE_MIGRATION) {
    const { Logger, runMigrations } = await import("graphile-worker");
    const pgPool = openPool(connectionString, 1);
    try {
      await runMigrations({ pgPool, logger: new Logger(toLog) });
    } finally {
      await closePool(pgPool);
    }
  }
}

/**
 * The connections of the queue. Its package would close its own ones without waiting and without listening to them: an
 * error at the same time, such as the stop of PostgreSQL, would end the process.
 */
function openPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    application_name: "ucupdates jobs",
    max,
    keepAlive: true,
  });
  pool.on("error", (error) => {
    log().warn({ err: error }, "a connection of the job queue broke");
  });
  // The pool reports only what is not in use; the query in progress receives the error too.
  pool.on("connect", (client) => {
    client.on("error", () => undefined);
  });
  return pool;
}

/** A stopped worker still writes that its last job failed, and a pool never serves a request that waits when it ends. */
async function closePool(pool: pg.Pool): Promise<void> {
  const until = Date.now() + CLOSE_WITHIN_MS;
  while (isInUse(pool) && Date.now() < until) {
    await pause(LOOK_EVERY_MS);
  }
  await pool.end();
}

function isInUse({ waitingCount, totalCount, idleCount }: pg.Pool): boolean {
  return waitingCount > 0 || totalCount > idleCount;
}

/** The job exists if and only if the transaction commits. */
export async function addJob(
  tx: Prisma.TransactionClient,
  {
    name,
    payload,
    options = {},
  }: {
    readonly name: string;
    readonly payload: Prisma.InputJsonValue;
    readonly options?: JobOptions;
  },
): Promise<void> {
  const { jobKey = null, maxAttempts = DEFAULT_ATTEMPTS, runAt = null, queueName = null } = options;
  await tx.$executeRaw`
    select graphile_worker.add_job(
      identifier => ${name}::text,
      payload => ${JSON.stringify(payload)}::json,
      queue_name => ${queueName}::text,
      job_key => ${jobKey}::text,
      max_attempts => ${maxAttempts}::int,
      run_at => ${runAt}::timestamptz
    )`;
}

/**
 * Runs jobs until stopped. `stop` waits for the current job, signals it after a few seconds, and leaves
 * it to the next start if it does not end. Throws if the first look for a job fails.
 */
export async function startWorker(
  tasks: Readonly<Record<string, JobTask>>,
  { concurrency = 1 }: WorkerOptions = {},
): Promise<Worker> {
  const { Logger, run } = await import("graphile-worker");
  const events: WorkerEvents = new EventEmitter();
  const presence = new Promise<Presence>((resolve) => {
    events.once("pool:create", ({ workerPool }) => {
      resolve(registerWorker(workerPool.id));
    });
  });
  const pgPool = openPool(directDatabaseUrl(), Math.max(MIN_POOL_SIZE, concurrency));
  const options = {
    pgPool,
    events,
    taskList: toTaskList(tasks),
    // Without this, the worker would look for a file named crontab in the project.
    parsedCronItems: [],
    concurrency,
    pollInterval: POLL_INTERVAL_MS,
    gracefulShutdownAbortTimeout: ABORT_AFTER_MS,
    noHandleSignals: true,
    logger: new Logger(toLog),
  };
  const looked = firstLook(events);
  const runner = await run(options).catch(async (error: unknown) => {
    await pgPool.end();
    throw error;
  });
  const { stop: stopPresence } = await presence;
  const stop = async (): Promise<void> => {
    await stopRunner(runner);
    await Promise.all([stopPresence(), closePool(pgPool)]);
  };
  const { failure } = await looked;
  if (failure !== null) {
    await stop();
    throw failure;
  }
  return { stop };
}

/**
 * Waits until the worker has looked for a job once. The queue keeps the failure of its first query, for the ids of its
 * tasks: a worker that went on after it would never find a job.
 */
function firstLook(events: WorkerEvents): Promise<{ readonly failure: Error | null }> {
  return new Promise((resolve) => {
    const succeed = (): void => {
      resolve({ failure: null });
    };
    events.once("worker:getJob:empty", succeed);
    events.once("job:start", succeed);
    events.once("worker:getJob:error", ({ error }) => {
      resolve({ failure: error instanceof Error ? error : new Error(String(error)) });
    });
  });
}

async function stopRunner(runner: Runner): Promise<void> {
  try {
    await runner.stop();
    await runner.promise;
  } catch (error) {
    log().warn({ err: error }, "the job worker did not stop cleanly; its job runs again later");
  }
}

type Presence = { readonly stop: () => Promise<void> };

/**
 * Keeps a connection open whose name is the one under which the worker locks jobs. PostgreSQL closes it when the
 * process ends in any way, so a lock without such a connection is abandoned. The queue itself would wait four hours.
 */
function registerWorker(workerName: string): Presence {
  const connection = new pg.Pool({
    connectionString: directDatabaseUrl(),
    application_name: workerName,
    connectionTimeoutMillis: 5_000,
    max: 1,
    idleTimeoutMillis: 0,
    keepAlive: true,
  });
  connection.on("error", (error) => {
    log().warn({ err: error }, "a connection of the job worker broke");
  });
  let rescuing = Promise.resolve();
  const rescue = (): void => {
    rescuing = rescueJobs(connection).catch((error: unknown) => {
      log().warn({ err: error }, "could not look for abandoned jobs");
    });
  };
  rescue();
  const timer = setInterval(rescue, RESCUE_INTERVAL_MS).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await rescuing;
      await connection.end();
    },
  };
}

async function rescueJobs(connection: pg.Pool): Promise<void> {
  const { rows } = await connection.query<{ locked_by: string }>(
    `select distinct locked_by from graphile_worker.jobs
      where locked_at < now() - make_interval(secs => $1)
        and locked_by not in (
          select application_name from pg_stat_activity where application_name is not null)`,
    [UNKNOWN_FOR_SECONDS],
  );
  if (rows.length > 0) {
    const gone = rows.map((row) => row.locked_by);
    await connection.query("select graphile_worker.force_unlock_workers($1::text[])", [gone]);
    log().info({ workers: gone.length }, "jobs of dead workers run again");
  }
}

function toTaskList(tasks: Readonly<Record<string, JobTask>>): TaskList {
  return Object.fromEntries(
    Object.entries(tasks).map(
      ([name, task]) =>
        [
          name,
          async (payload: unknown, { job, abortSignal }) => {
            await task(payload, {
              signal: abortSignal,
              attempt: job.attempts,
              isLastAttempt: job.attempts >= job.max_attempts,
            });
          },
        ] satisfies [string, TaskList[string]],
    ),
  );
}

function toLog(): ReturnType<LogFunctionFactory> {
  return (level, message, meta) => {
    if (level === "error" || level === "warning") {
      log().warn({ meta: meta.error }, `job worker: ${message}`);
    } else {
      log().debug(`job worker: ${message}`);
    }
  };
}
