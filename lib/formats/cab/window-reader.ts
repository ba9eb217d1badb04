import type { CabSource } from "#formats/cab/source";

/** More than the longest single read: a block with its header and reserved bytes. */
const WINDOW_BYTES = 256 * 1024;

/**
 * Reads forward through a source in large pieces. `read` returns a view that is valid until the next
 * call, or null when the source ends before `length` bytes.
 */
export class WindowReader {
  readonly #source: CabSource;
  readonly #buffer = new Uint8Array(WINDOW_BYTES);
  #window: Uint8Array = this.#buffer.subarray(0, 0);
  #windowOffset = 0;

  constructor(source: CabSource) {
    this.#source = source;
  }

  read(offset: number, length: number): Uint8Array | null {
    let start = offset - this.#windowOffset;
    if (start < 0 || start + length > this.#window.length) {
      this.#window = this.#source.read(offset, WINDOW_BYTES, this.#buffer);
      this.#windowOffset = offset;
      start = 0;
    }
    const end = start + length;
    return end <= this.#window.length ? this.#window.subarray(start, end) : null;
  }
}
