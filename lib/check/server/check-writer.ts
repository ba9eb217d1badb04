import "server-only";
import type { BoundedQueue } from "#lib/check/bounded-queue";
import { boundedQueue } from "#lib/check/bounded-queue";
import { log } from "#lib/platform/log";

export type CheckWriterOptions<T> = {
  /** Where they go, for the log. */
  readonly sink: string;
  readonly write: (records: readonly T[]) => Promise<void>;
  /** Whether the records themselves, and not the state of the database, are why a write failed. */
  readonly isRecordsFault: (error: unknown) => boolean;
  /** How many records are kept at most while they cannot be written. */
  readonly limit: number;
  readonly batchSize: number;
  readonly everyMs: number;
  readonly longestRetryMs: number;
  /** How long stopping may take. */
  readonly stopWithinMs: number;
};

export type CheckWriterCounts = {
  readonly waiting: number;
  readonly written: number;
  readonly dropped: number;
};

/**
 * Takes what checks leave behind out of their way and writes it in batches. While the database is away everything is
 * kept up to a limit, and the log says so once, not once per check.
 */
export class CheckWriter<T> {
  readonly #options: CheckWriterOptions<T>;
  readonly #queue: BoundedQueue<T>;
  readonly #stopping = new AbortController();
  readonly #loop: Promise<void>;
  /** Taken out of the queue and not yet written. */
  #batch: readonly T[] = [];
  #flushing: Promise<boolean> | null = null;
  #written = 0;
  #dropped = 0;
  #isFailing = false;

  constructor(options: CheckWriterOptions<T>) {
    this.#options = options;
    this.#queue = boundedQueue(options.limit);
    this.#loop = this.#keepFlushing();
  }

  /** Never waits and never fails: where there is no room the oldest record makes it. */
  push(record: T): void {
    if (!this.#queue.push(record)) {
      this.#dropped += 1;
    }
  }

  /** Writes everything that is waiting; false if that is not possible now and it is kept. */
  flush(): Promise<boolean> {
    this.#flushing ??= this.#writeAll().finally(() => {
      this.#flushing = null;
    });
    return this.#flushing;
  }

  /** Writes what is waiting, in the time it is given, and then nothing more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
    await Promise.race([
      this.flush(),
      pause(this.#options.stopWithinMs, new AbortController().signal),
    ]);
    const { waiting } = this.counts();
    if (waiting > 0) {
      log().warn(
        { sink: this.#options.sink, waiting },
        "Checks could not be recorded before the end",
      );
    }
  }

  counts(): CheckWriterCounts {
    const waiting = this.#queue.size() + this.#batch.length;
    return { waiting, written: this.#written, dropped: this.#dropped };
  }

  async #keepFlushing(): Promise<void> {
    const { everyMs, longestRetryMs } = this.#options;
    let waitMs = everyMs;
    while (!this.#stopping.signal.aborted && (await pause(waitMs, this.#stopping.signal))) {
      waitMs = (await this.flush()) ? everyMs : Math.min(waitMs * 2, longestRetryMs);
    }
  }

  async #writeAll(): Promise<boolean> {
    while (this.counts().waiting > 0) {
      if (this.#batch.length === 0) {
        this.#batch = this.#queue.take(this.#options.batchSize);
      }
      try {
        await this.#writeOrSplit(this.#batch);
      } catch (error) {
        this.#reportOutage(error);
        return false;
      }
      this.#batch = [];
      this.#reportRecovery();
    }
    return true;
  }

  /**
   * One record that the database refuses must not keep the others from being written. (Should the database go away
   * between the halves, the first is written twice: a check too many in the list is better than one too few.)
   */
  async #writeOrSplit(records: readonly T[]): Promise<void> {
    try {
      await this.#options.write(records);
      this.#written += records.length;
    } catch (error) {
      if (!this.#options.isRecordsFault(error)) {
        throw error;
      }
      if (records.length === 1) {
        this.#dropped += 1;
        log().error({ err: error }, "A check cannot be recorded");
        return;
      }
      const middle = Math.ceil(records.length / 2);
      await this.#writeOrSplit(records.slice(0, middle));
      await this.#writeOrSplit(records.slice(middle));
    }
  }

  #reportOutage(error: unknown): void {
    if (!this.#isFailing) {
      this.#isFailing = true;
      log().warn(
        { err: error, sink: this.#options.sink, limit: this.#options.limit },
        "Checks cannot be recorded and are kept",
      );
    }
  }

  #reportRecovery(): void {
    if (this.#isFailing) {
      this.#isFailing = false;
      log().info(
        { sink: this.#options.sink, droppedSinceStart: this.#dropped },
        "Checks are recorded again",
      );
    }
  }
}

/** False once stopped, which also ends the pause. */
function pause(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, milliseconds);
    timer.unref();
    signal.addEventListener("abort", end);

    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve(!signal.aborted);
    }
  });
}
