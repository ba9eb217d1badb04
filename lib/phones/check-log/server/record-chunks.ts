import "server-only";
import { Buffer } from "node:buffer";

/** Consecutive records in their encoded form. */
export type RecordBatch = {
  /** The common property of the records, such as their file. */
  readonly label: string;
  readonly bytes: Buffer;
  /** For each record, the line that it shares with other records. */
  readonly shared: readonly string[];
  /** The end offset of each record in `bytes`. */
  readonly ends: readonly number[];
};

export type RecordChunksLimits = {
  readonly chunkBytes: number;
  /** Includes the chunk that is being filled. */
  readonly mostChunks: number;
};

type OpenChunk = {
  readonly label: string;
  readonly buffer: Buffer;
  readonly shared: string[];
  readonly ends: number[];
  used: number;
};

/** What a record has in common with others: a property of its batch, and a line that the batch has once. */
export type RecordContext = { readonly label?: string; readonly shared?: string };

/** UTF-8 takes up to three bytes for each unit of a JavaScript string. */
const MAX_BYTES_PER_UNIT = 3;
const SPARE_BUFFERS = 2;

/**
 * Buffers records until they are written, in a few large buffers instead of a hundred thousand strings: many checks at
 * once then cause no garbage collection, and the memory is limited. If the limit is reached, the oldest chunk is
 * dropped.
 */
export class RecordChunks {
  readonly #limits: RecordChunksLimits;
  readonly #full: RecordBatch[] = [];
  readonly #spare: Buffer[] = [];
  #open: OpenChunk | null = null;
  #size = 0;

  constructor(limits: RecordChunksLimits) {
    this.#limits = limits;
  }

  /** The number of buffered records. */
  size(): number {
    return this.#size;
  }

  /** The fill level, from 0 to 1. */
  fill(): number {
    return this.#full.length / this.#limits.mostChunks;
  }

  /** Appends a record; returns how many old records were dropped. */
  push(record: string, { label = "", shared = "" }: RecordContext): number {
    const needed = record.length * MAX_BYTES_PER_UNIT;
    const { chunk, forgotten } = this.#roomFor(needed, label);
    chunk.used += chunk.buffer.write(record, chunk.used);
    chunk.ends.push(chunk.used);
    chunk.shared.push(shared);
    this.#size += 1;
    return forgotten;
  }

  /** Removes and returns the oldest batch; null if there are no records. */
  take(): RecordBatch | null {
    if (this.#full.length === 0) {
      this.#seal();
    }
    const batch = this.#full.shift() ?? null;
    this.#size -= batch?.ends.length ?? 0;
    return batch;
  }

  /** Reuses the memory of a batch; the caller must not use the batch afterwards. */
  release({ bytes }: RecordBatch): void {
    const whole = Buffer.from(bytes.buffer, 0, bytes.buffer.byteLength);
    if (whole.length === this.#limits.chunkBytes && this.#spare.length < SPARE_BUFFERS) {
      this.#spare.push(whole);
    }
  }

  #roomFor(needed: number, label: string): { chunk: OpenChunk; forgotten: number } {
    const open = this.#open;
    if (open?.label === label && open.buffer.length - open.used >= needed) {
      return { chunk: open, forgotten: 0 };
    }
    this.#seal();
    const forgotten = this.#full.length >= this.#limits.mostChunks ? this.#forgetOldest() : 0;
    const sizeBytes = Math.max(needed, this.#limits.chunkBytes);
    const spare = needed <= this.#limits.chunkBytes ? this.#spare.pop() : undefined;
    const buffer = spare ?? Buffer.allocUnsafeSlow(sizeBytes);
    const chunk = { label, buffer, shared: [], ends: [], used: 0 };
    this.#open = chunk;
    return { chunk, forgotten };
  }

  #seal(): void {
    if (this.#open !== null) {
      const { label, buffer, shared, ends, used } = this.#open;
      this.#full.push({ label, bytes: buffer.subarray(0, used), shared, ends });
      this.#open = null;
    }
  }

  #forgetOldest(): number {
    const oldest = this.#full.shift();
    if (oldest === undefined) {
      return 0;
    }
    this.release(oldest);
    this.#size -= oldest.ends.length;
    return oldest.ends.length;
  }
}

/** The two halves of a batch of more than one record. */
export function halveBatch({ label, bytes, shared, ends }: RecordBatch): readonly RecordBatch[] {
  const middle = Math.ceil(ends.length / 2);
  const at = ends[middle - 1] ?? 0;
  return [
    {
      label,
      bytes: bytes.subarray(0, at),
      shared: shared.slice(0, middle),
      ends: ends.slice(0, middle),
    },
    {
      label,
      bytes: bytes.subarray(at),
      shared: shared.slice(middle),
      ends: ends.slice(middle).map((end) => end - at),
    },
  ];
}
