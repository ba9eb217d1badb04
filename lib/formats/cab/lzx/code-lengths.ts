import { DecodeError } from "#formats/cab/cab-error";
import type { BitReader } from "#formats/cab/lzx/bit-reader";
import { HuffmanTable } from "#formats/cab/lzx/huffman-table";

const PRETREE_SYMBOLS = 20;
const PRETREE_LENGTH_BITS = 4;
const PRETREE_PRIMARY_BITS = 8;
const SHORT_ZEROS = 17;
const LONG_ZEROS = 18;
const SAME = 19;
const LENGTH_MODULUS = 17;

/**
 * Reads code lengths. They are stored as differences to the lengths of the previous block and compressed with
 * a small Huffman code, the pre-tree.
 */
export class CodeLengthReader {
  readonly #pretree = new HuffmanTable(PRETREE_SYMBOLS, PRETREE_PRIMARY_BITS);
  readonly #pretreeLengths = new Uint8Array(PRETREE_SYMBOLS);
  readonly #reader: BitReader;

  constructor(reader: BitReader) {
    this.#reader = reader;
  }

  /** Updates `lengths`: all lengths of a tree, or the part (subarray) that is stored as one sequence. */
  update(lengths: Uint8Array): void {
    for (let symbol = 0; symbol < PRETREE_SYMBOLS; symbol += 1) {
      this.#pretreeLengths[symbol] = this.#reader.read(PRETREE_LENGTH_BITS);
    }
    this.#pretree.build(this.#pretreeLengths);
    let at = 0;
    while (at < lengths.length) {
      at += this.#updateRun(lengths, at);
    }
  }

  #updateRun(lengths: Uint8Array, at: number): number {
    const code = takeSymbol(this.#reader, this.#pretree);
    const count = this.#runLength(code);
    if (at + count > lengths.length) {
      throw new DecodeError("a run of code lengths goes over the end of its tree");
    }
    lengths.fill(this.#runValue(code, lengths[at] ?? 0), at, at + count);
    return count;
  }

  #runLength(code: number): number {
    switch (code) {
      case SHORT_ZEROS:
        return this.#reader.read(4) + 4;
      case LONG_ZEROS:
        return this.#reader.read(5) + 20;
      case SAME:
        return this.#reader.read(1) + 4;
      default:
        return 1;
    }
  }

  #runValue(code: number, previous: number): number {
    if (code === SHORT_ZEROS || code === LONG_ZEROS) {
      return 0;
    }
    const difference = code === SAME ? takeSymbol(this.#reader, this.#pretree) : code;
    if (difference >= LENGTH_MODULUS) {
      throw new DecodeError("a run of code lengths contains another run");
    }
    return (previous - difference + LENGTH_MODULUS) % LENGTH_MODULUS;
  }
}

function takeSymbol(reader: BitReader, { entries, primaryBits }: HuffmanTable): number {
  const bits = reader.peek();
  let entry = entries[bits >>> (32 - primaryBits)] ?? 0;
  if (entry < 0) {
    entry = entries[~entry + ((bits >>> 16) & ((1 << (16 - primaryBits)) - 1))] ?? 0;
  }
  reader.bitOffset += entry & 31;
  return entry >> 5;
}
