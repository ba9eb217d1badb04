import "server-only";
import type { Buffer } from "node:buffer";

/**
 * Pieces of files that are in demand, read once for all who want them at about the same time: two hundred phones that
 * take the same image cost one reading, and the memory of one. What was wanted longest ago goes first.
 */
export class ChunkCache {
  readonly #mostBytes: number;
  /** Oldest first. */
  readonly #chunks = new Map<string, Buffer>();
  readonly #reading = new Map<string, Promise<Buffer>>();
  #sizeBytes = 0;

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** The piece of that name; `read` finds it where nobody has lately. A failure is not kept. */
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

  /** Drops every piece whose name begins so. */
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
      if (this.#sizeBytes <= this.#mostBytes) {
        return;
      }
      this.#chunks.delete(oldest);
      this.#sizeBytes -= length;
    }
  }
}
