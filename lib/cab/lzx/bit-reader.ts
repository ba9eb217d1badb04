import { LONGEST_BLOCK_BYTES } from "#lib/cab/frame";

/** Two words are read ahead. */
const BUFFER_BYTES = LONGEST_BLOCK_BYTES + 4;

/**
 * The bits of one LZX frame: 16-bit little-endian words, read from the top. Beyond the end come zero
 * bits; whether too many were taken is asked once, by `isExhausted`, instead of for each of them.
 *
 * The fields are public because the match loop keeps them in local variables while it runs.
 */
export class BitReader {
  readonly input = new Uint8Array(BUFFER_BYTES);
  inputBytes = 0;
  /** Where the next word is taken from. */
  offset = 0;
  /** Bits that are read but not used, in the top of a 32-bit integer; zeros below them. */
  bits = 0;
  bitCount = 0;

  /** Begins a frame. Its data is copied: the loop then always reads the same kind of array. */
  load(data: Uint8Array): void {
    this.input.set(data);
    this.input.fill(0, data.length, data.length + 4);
    this.inputBytes = data.length;
    this.offset = 0;
    this.bits = 0;
    this.bitCount = 0;
  }

  /** Takes 0 to 16 bits. */
  read(count: number): number {
    this.fill();
    // Two shifts, because a shift by 32 is a shift by 0.
    const value = (this.bits >>> 1) >>> (31 - count);
    this.skip(count);
    return value;
  }

  /** Makes at least 16 bits available. */
  fill(): void {
    if (this.bitCount < 16) {
      const word = this.#byte(this.offset) | (this.#byte(this.offset + 1) << 8);
      this.bits |= word << (16 - this.bitCount);
      this.bitCount += 16;
      this.offset += 2;
    }
  }

  skip(count: number): void {
    this.bits <<= count;
    this.bitCount -= count;
  }

  /** Goes to the next word boundary, a whole word on where it already stands on one. */
  alignForBytes(): void {
    this.fill();
    const partOfWord = this.bitCount % 16;
    this.skip(partOfWord === 0 ? 16 : partOfWord);
    this.#returnWords();
  }

  /** Bytes of an uncompressed block; the reader must be aligned. Fewer where the frame ends. */
  takeBytes(length: number): Uint8Array {
    const start = Math.min(this.offset, this.inputBytes);
    const end = Math.min(start + length, this.inputBytes);
    this.offset += length;
    return this.input.subarray(start, end);
  }

  /** Passes over the byte that pads an uncompressed block of odd length; the last block may lack it. */
  skipPadding(): void {
    if (this.offset < this.inputBytes) {
      this.offset += 1;
    }
  }

  /** How many bytes the frame lacks (positive) or has left over (negative), up to whole words. */
  missingBytes(): number {
    this.#returnWords();
    return this.offset - this.inputBytes;
  }

  #returnWords(): void {
    const words = this.bitCount >> 4;
    this.offset -= words * 2;
    this.bitCount -= words * 16;
    this.bits = this.bitCount === 0 ? 0 : this.bits & (-1 << (32 - this.bitCount));
  }

  #byte(offset: number): number {
    return offset < this.inputBytes ? (this.input[offset] ?? 0) : 0;
  }
}
