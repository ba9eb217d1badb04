import type { CabSource } from "#lib/cab/source";

const WINDOW_BYTES = 256 * 1024;

/**
 * Reads forward through a source in large pieces. What it returns is a view that is valid until the
 * next call, and is null where the source ends before the wanted length.
 */
export class WindowReader {
  readonly #source: CabSource;
  #window: Uint8Array = new Uint8Array(0);
  #windowOffset = 0;

  constructor(source: CabSource) {
    this.#source = source;
  }

  read(offset: number, length: number): Uint8Array | null {
    let start = offset - this.#windowOffset;
    if (start < 0 || start + length > this.#window.length) {
      this.#window = this.#source.read(offset, Math.max(WINDOW_BYTES, length));
      this.#windowOffset = offset;
      start = 0;
    }
    const end = start + length;
    return end <= this.#window.length ? this.#window.subarray(start, end) : null;
  }
}
