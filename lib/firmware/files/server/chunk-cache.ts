import "server-only";
import type { Buffer } from "node:buffer";

/**
 * An LRU cache of file chunks. Concurrent requests for a chunk share one read: 200 phones that download the same image
 * cost one read of the file and the memory of one copy.
 */
export class ChunkCache {
  readonly #maxBytes: number;
  /** Least recently used first. */
  readonly #chunks = new Map<string, Buffer>();
  readonly #reading = new Map<string, Promise<Buffer>>();
  #sizeBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The chunk of a key; calls `read` if it is not cached. A failure is not cached. */
  async get(key: string, read: () => Promise<Buffer>): Promise<Buffer> {
    const known = this.#chunks.get(key);
    if (known !== undefined) {
      this.#chunks.delete(key);
      this.#chunks.set(key, known);
      return known;
    }
    const reading = this.#reading.get(key) ?? this.#read(key, read);
    return reading;
  }

  /** Evicts every chunk whose key starts with the prefix. */
  forget(prefix: string): void {
    for (const [key, { length }] of this.#chunks) {
      if (key.startsWith(prefix)) {
        this.#chunks.delete(key);
        this.#sizeBytes -= length;
      }
    }
  }

  #read(key: string, read: () => Promise<Buffer>): Promise<Buffer> {
    const reading = read()
      .then((chunk) => {
        this.#keep(key, chunk);
        return chunk;
      })
      .finally(() => {
        this.#reading.delete(key);
      });
    this.#reading.set(key, reading);
    return reading;
  }

  #keep(key: string, chunk: Buffer): void {
    this.#chunks.set(key, chunk);
    this.#sizeBytes += chunk.length;
    for (const [oldest, { length }] of this.#chunks) {
      if (this.#sizeBytes <= this.#maxBytes) {
        return;
      }
      this.#chunks.delete(oldest);
      this.#sizeBytes -= length;
    }
  }
}
