import "server-only";
import { createHash } from "node:crypto";
import pg from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { directDatabaseUrl } from "#foundation/platform/db/database-url";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";

export type SharedLimitOptions = {
  /** Unique among the limits. */
  readonly name: string;
  readonly points: number;
  /** The window, which begins with the first point. */
  readonly durationSeconds: number;
};

type Line = { readonly pool: pg.Pool; awayUntilMs: number; isReported: boolean };

const TABLE = "SharedLimit";
const MAX_CONNECTIONS = 2;
/** A limit in memory decides instead of a database that does not answer within this time. */
const ANSWER_WITHIN_MS = 1_000;
/** After a failure, the database is not asked for this time, so that requests do not wait one after the other. */
const AWAY_MS = 2_000;

/**
 * A limit that all processes and hosts of a database count together. The caller has a limit of its own in memory, which
 * refuses most without the database and is all that applies while the database is away: no method throws.
 *
 * Windows are measured by the clock of the host, so the clocks of the hosts must agree to some seconds.
 */
export class SharedLimit {
  readonly #limiter: RateLimiterPostgres;
  readonly #line: Line;

  constructor({ name, points, durationSeconds }: SharedLimitOptions) {
    this.#line = sharedLine();
    this.#limiter = new RateLimiterPostgres({
      storeClient: this.#line.pool,
      storeType: "pool",
      tableName: TABLE,
      tableCreated: true,
      keyPrefix: name,
      points,
      duration: durationSeconds,
    });
  }

  /** Takes points. Returns 0, or the milliseconds to wait if too few are left; 0 while the database is away. */
  async take(key: string, points = 1): Promise<number> {
    const taken = await this.#ask(() => this.#limiter.consume(hashed(key), points));
    return taken instanceof Refused ? taken.waitMs : 0;
  }

  /** Counts points, also beyond the limit. Returns the points of the window; null while the database is away. */
  async add(key: string, points = 1): Promise<number | null> {
    const counted = await this.#ask(() => this.#limiter.penalty(hashed(key), points));
    return counted instanceof RateLimiterRes ? counted.consumedPoints : null;
  }

  /** The points of the window; 0 while the database is away. */
  async count(key: string): Promise<number> {
    const counted = await this.#ask(() => this.#limiter.get(hashed(key)));
    return counted instanceof RateLimiterRes ? counted.consumedPoints : 0;
  }

  /** Refuses all points for a time. */
  async block(key: string, milliseconds: number): Promise<void> {
    await this.#ask(() => this.#limiter.block(hashed(key), milliseconds / 1000));
  }

  async forget(key: string): Promise<void> {
    await this.#ask(() => this.#limiter.delete(hashed(key)));
  }

  async #ask<T>(question: () => Promise<T>): Promise<T | Refused | null> {
    if (performance.now() < this.#line.awayUntilMs) {
      return null;
    }
    try {
      const answer = await question();
      this.#line.isReported = false;
      return answer;
    } catch (error) {
      // The library rejects with its result if the limit is exceeded.
      if (error instanceof RateLimiterRes) {
        return new Refused(error.msBeforeNext);
      }
      this.#line.awayUntilMs = performance.now() + AWAY_MS;
      log()[this.#line.isReported ? "debug" : "warn"](
        { err: error },
        "the shared limits cannot be read; this process limits alone",
      );
      this.#line.isReported = true;
      return null;
    }
  }
}

class Refused {
  readonly waitMs: number;

  constructor(waitMs: number) {
    this.waitMs = Math.max(1, waitMs);
  }
}

/** Connections of their own, because limits must answer while all others are busy. They close when idle. */
function sharedLine(): Line {
  return oncePerProcess("shared limits", () => {
    const pool = new pg.Pool({
      connectionString: directDatabaseUrl(),
      application_name: "ucupdates limits",
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: ANSWER_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
      keepAlive: true,
      allowExitOnIdle: true,
    });
    pool.on("error", (error) => {
      log().debug({ err: error }, "a connection of the shared limits broke");
    });
    return { pool, awayUntilMs: 0, isReported: false };
  });
}

/** Names and addresses are not kept; a name from outside may be of any length. */
function hashed(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}
