import { LONGEST_BLOCK_BYTES } from "#formats/cab/frame";

/** Two words are read ahead. */
const BUFFER_BYTES = LONGEST_BLOCK_BYTES + 4;

/**
 * The bits of one LZX frame: 16-bit little-endian words, read from the top. Beyond the end come bits
 * without meaning; whether any were taken is asked once, by `missingBytes`, instead of for each.
 *
 * The only state is a place, and looking at it fetches two words: there is no buffer that may or may
 * not have to be filled, which is a branch that no processor predicts.
 */
export class BitReader {
  readonly #input = new Uint8Array(BUFFER_BYTES);
  #inputBytes = 0;
  /** The frame as words, in the machine's order: see `cabChecksum`. */
  readonly words = new Uint16Array(this.#input.buffer);
  /** How many bits of the frame are used up. */
  bitOffset = 0;

  /** Begins a frame. Its data is copied: it is then aligned, and always the same kind of array. */
  load(data: Uint8Array): void {
    this.#input.set(data);
    this.#input.fill(0, data.length, data.length + 4);
    this.#inputBytes = data.length;
    this.bitOffset = 0;
  }

  /** The next 17 bits or more, in the top of a 32-bit integer. */
  peek(): number {
    const word = this.bitOffset >> 4;
    const both = ((this.words[word] ?? 0) << 16) | (this.words[word + 1] ?? 0);
    return both << (this.bitOffset & 15);
  }

  /** Takes 0 to 16 bits. */
  read(count: number): number {
    // Two shifts, because a shift by 32 is a shift by 0.
    const value = (this.peek() >>> 1) >>> (31 - count);
    this.bitOffset += count;
    return value;
  }

  /** Goes to the next word boundary, a whole word on where it already stands on one. */
  alignForBytes(): void {
    this.bitOffset = (this.bitOffset | 15) + 1;
  }

  /** Bytes of an uncompressed block; the reader must be aligned. Fewer where the frame ends. */
  takeBytes(length: number): Uint8Array {
    const offset = this.bitOffset >> 3;
    this.bitOffset += length * 8;
    return this.#input.subarray(
      Math.min(offset, this.#inputBytes),
      Math.min(offset + length, this.#inputBytes),
    );
  }

  /** Passes over the byte that pads an uncompressed block of odd length; the last block may lack it. */
  skipPadding(): void {
    if (this.bitOffset < this.#inputBytes * 8) {
      this.bitOffset += 8;
    }
  }

  /**
   * How many bytes the frame lacks (positive) or has left over (negative). A frame that ends in codes
   * is filled up to a word; one that ends in bytes ends with the last of them.
   */
  missingBytes(end: "codes" | "bytes"): number {
    const unitBits = end === "codes" ? 16 : 8;
    return (Math.ceil(this.bitOffset / unitBits) * unitBits) / 8 - this.#inputBytes;
  }
}
