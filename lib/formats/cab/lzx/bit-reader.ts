import { MAX_BLOCK_BYTES } from "#formats/cab/compression";

/** The reader reads two words ahead. */
const BUFFER_BYTES = MAX_BLOCK_BYTES + 4;

/**
 * Reads the bits of one LZX frame: 16-bit little-endian words, most significant bit first. Beyond the end it
 * returns undefined bits; `missingBytes` checks once per frame whether any were used, instead of at each read.
 *
 * The only state is an offset, and `peek` reads two words each time. A bit buffer would need a branch to
 * refill it, and processors cannot predict that branch.
 */
export class BitReader {
  readonly #input = new Uint8Array(BUFFER_BYTES);
  #inputBytes = 0;
  /** The frame as words, in the byte order of the machine: see `cabChecksum`. */
  readonly words = new Uint16Array(this.#input.buffer);
  /** Number of bits of the frame that are used. */
  bitOffset = 0;

  /** Starts a frame. The copy makes its data aligned, and always the same type of array. */
  load(data: Uint8Array): void {
    this.#input.set(data);
    this.#input.fill(0, data.length, data.length + 4);
    this.#inputBytes = data.length;
    this.bitOffset = 0;
  }

  /** Returns at least the next 17 bits, in the high bits of a 32-bit integer. */
  peek(): number {
    const word = this.bitOffset >> 4;
    const both = ((this.words[word] ?? 0) << 16) | (this.words[word + 1] ?? 0);
    return both << (this.bitOffset & 15);
  }

  /** Reads 0 to 16 bits. */
  read(count: number): number {
    // Two shifts, because a shift by 32 is a shift by 0.
    const value = (this.peek() >>> 1) >>> (31 - count);
    this.bitOffset += count;
    return value;
  }

  /** Skips to the next word boundary; skips a whole word when already at a boundary. */
  alignForBytes(): void {
    this.bitOffset = (this.bitOffset | 15) + 1;
  }

  /** Reads bytes of an uncompressed block; the reader must be aligned. Returns fewer at the end of the frame. */
  takeBytes(length: number): Uint8Array {
    const offset = this.bitOffset >> 3;
    this.bitOffset += length * 8;
    return this.#input.subarray(
      Math.min(offset, this.#inputBytes),
      Math.min(offset + length, this.#inputBytes),
    );
  }

  /** Skips the padding byte after an uncompressed block of odd length; the last block may omit it. */
  skipPadding(): void {
    if (this.bitOffset < this.#inputBytes * 8) {
      this.bitOffset += 8;
    }
  }

  /**
   * Number of bytes that the frame lacks (positive) or has left over (negative). A frame that ends with codes
   * is padded to a word; one that ends with bytes has no padding.
   */
  missingBytes(end: "codes" | "bytes"): number {
    const unitBits = end === "codes" ? 16 : 8;
    return (Math.ceil(this.bitOffset / unitBits) * unitBits) / 8 - this.#inputBytes;
  }
}
