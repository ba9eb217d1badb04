import "server-only";
import type {
  RecordBatch,
  RecordChunksLimits,
  RecordContext,
} from "#phones/check-log/server/record-chunks";
import { RecordChunks, halveBatch } from "#phones/check-log/server/record-chunks";
import { log } from "#foundation/platform/log";

export type CheckWriterOptions = RecordChunksLimits & {
  /** The name of the destination, for the log. */
  readonly sink: string;
  readonly write: (batch: RecordBatch) => Promise<void>;
  /** Whether a write failed because of the records, not because of the state of the database. */
  readonly isRecordsFault: (error: unknown) => boolean;
  readonly everyMs: number;
  readonly longestRetryMs: number;
  /** The time limit for stopping. */
  readonly stopWithinMs: number;
};

export type CheckWriterCounts = {
  readonly waiting: number;
  readonly written: number;
  readonly dropped: number;
};

/** Below this fill level, answers to phones have priority over the writing of records. */
const CROWDED_ABOVE = 0.5;

/**
 * Buffers the records of checks and writes them in batches. Under load it pauses after each batch for as long as the
 * write took, so that the database leaves half of the processor for answers. While the database is unavailable, records
 * are buffered up to a limit, and one warning is logged, not one per check.
 */
export class CheckWriter {
  readonly #options: CheckWriterOptions;
  readonly #waiting: RecordChunks;
  readonly #stopping = new AbortController();
  readonly #loop: Promise<void>;
  /** The batch that was taken from the queue and is not yet written. */
  #batch: RecordBatch | null = null;
  #writing: Promise<boolean> | null = null;
  #written = 0;
  #dropped = 0;
  #isFailing = false;

  constructor(options: CheckWriterOptions) {
    this.#options = options;
    this.#waiting = new RecordChunks(options);
    this.#loop = this.#keepWriting();
  }

  /** Never waits and never fails: if the buffer is full, the oldest records are dropped. */
  push(record: string, context: RecordContext = {}): void {
    this.#dropped += this.#waiting.push(record, context);
  }

  /** Whether the last write failed, so that records wait. */
  isFailing(): boolean {
    return this.#isFailing;
  }

  /** The fill level of the buffer, from 0 to 1. */
  fill(): number {
    return this.#waiting.fill();
  }

  /**
   * Writes all records that are buffered now, but not those that arrive during the flush: under load, it would never
   * end. Returns false if the write fails; the records stay buffered.
   */
  async flush(): Promise<boolean> {
    const { waiting, written, dropped } = this.counts();
    const target = waiting + written + dropped;
    while (this.counts().waiting > 0 && this.#written + this.#dropped < target) {
      if (!(await this.#writeNext())) {
        return false;
      }
    }
    return true;
  }

  /** Writes the buffered records within the time limit, then stops. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.race([
      this.#loop.then(() => this.flush()),
      pause(this.#options.stopWithinMs, new AbortController().signal),
    ]);
    const { waiting } = this.counts();
    if (waiting > 0) {
      log().warn(
        { sink: this.#options.sink, waiting },
        "Some checks could not be recorded before shutdown",
      );
    }
  }

  counts(): CheckWriterCounts {
    const waiting = this.#waiting.size() + (this.#batch?.ends.length ?? 0);
    return { waiting, written: this.#written, dropped: this.#dropped };
  }

  async #keepWriting(): Promise<void> {
    const { everyMs, longestRetryMs } = this.#options;
    let waitMs = everyMs;
    while (await pause(waitMs, this.#stopping.signal)) {
      const begin = performance.now();
      const isWritten = await this.#writeNext();
      waitMs = isWritten
        ? this.#restAfter(performance.now() - begin)
        : Math.min(Math.max(waitMs, everyMs) * 2, longestRetryMs);
    }
  }

  #restAfter(tookMs: number): number {
    if (this.#waiting.fill() > CROWDED_ABOVE) {
      return 0;
    }
    return this.#waiting.fill() > 0 ? tookMs : this.#options.everyMs;
  }

  /** Writes the oldest batch; concurrent callers wait for the same write. */
  #writeNext(): Promise<boolean> {
    this.#writing ??= this.#writeBatch().finally(() => {
      this.#writing = null;
    });
    return this.#writing;
  }

  async #writeBatch(): Promise<boolean> {
    const batch = this.#batch ?? this.#waiting.take();
    this.#batch = batch;
    if (batch === null) {
      return true;
    }
    try {
      await this.#writeOrSplit(batch);
    } catch (error) {
      this.#reportOutage(error);
      return false;
    }
    this.#batch = null;
    this.#waiting.release(batch);
    this.#reportRecovery();
    return true;
  }

  /**
   * A record that the database refuses must not prevent the other records from being written. (If the database becomes
   * unavailable between the halves, the first half is written twice: a duplicate check is better than a lost one.)
   */
  async #writeOrSplit(batch: RecordBatch): Promise<void> {
    try {
      await this.#options.write(batch);
      this.#written += batch.ends.length;
    } catch (error) {
      if (!this.#options.isRecordsFault(error)) {
        throw error;
      }
      if (batch.ends.length === 1) {
        this.#dropped += 1;
        log().error({ err: error }, "A check cannot be recorded");
        return;
      }
      for (const half of halveBatch(batch)) {
        await this.#writeOrSplit(half);
      }
    }
  }

  #reportOutage(error: unknown): void {
    if (!this.#isFailing) {
      this.#isFailing = true;
      log().warn(
        { err: error, sink: this.#options.sink },
        "Checks cannot be recorded and are buffered",
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

/** Returns false if it was stopped; a stop ends the pause. */
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
