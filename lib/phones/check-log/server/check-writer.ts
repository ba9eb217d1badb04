import "server-only";
import type { RecordBatch, RecordChunksLimits } from "#phones/check-log/server/record-chunks";
import { RecordChunks, halveBatch } from "#phones/check-log/server/record-chunks";
import { log } from "#foundation/platform/log";

export type CheckWriterOptions = RecordChunksLimits & {
  /** Where they go, for the log. */
  readonly sink: string;
  readonly write: (batch: RecordBatch) => Promise<void>;
  /** Whether the records themselves, and not the state of the database, are why a write failed. */
  readonly isRecordsFault: (error: unknown) => boolean;
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

/** While less than this much of the room is taken, phones that wait for an answer come before records that wait. */
const CROWDED_ABOVE = 0.5;

/**
 * Takes what checks leave behind out of their way and writes it in batches. In a storm it rests after each
 * for as long as that took, so that the database leaves half of its processor to the answers. While it is away everything is kept
 * up to a limit, and the log says so once, not once per check.
 */
export class CheckWriter {
  readonly #options: CheckWriterOptions;
  readonly #waiting: RecordChunks;
  readonly #stopping = new AbortController();
  readonly #loop: Promise<void>;
  /** Taken out of the queue and not yet written. */
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

  /** Never waits and never fails: where there is no room the oldest records make it. */
  push(record: string, label = ""): void {
    this.#dropped += this.#waiting.push(record, label);
  }

  /** How much of the room is taken, from 0 to 1. */
  fill(): number {
    return this.#waiting.fill();
  }

  /**
   * Writes everything that is waiting, but not what comes meanwhile, which in a storm would never end; false if that is
   * not possible now and it is kept.
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

  /** Writes what is waiting, in the time it is given, and then nothing more. */
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
        "Checks could not be recorded before the end",
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

  /** Writes the oldest batch; whoever asks meanwhile waits for the same. */
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
   * One record that the database refuses must not keep the others from being written. (Should the database go away
   * between the halves, the first is written twice: a check too many in the list is better than one too few.)
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
