import { FRAME_BYTES } from "#formats/cab/compression";
import { EXTRA_BITS, POSITION_BASE, slotCount } from "#formats/cab/lzx/position-slots";
import type { CabBlockSpec } from "#formats/cab/testing/cab-writer";

export type LzxToken =
  | { readonly literal: number }
  | { readonly length: number; readonly distance: number }
  /** One of the last three distances. */
  | { readonly length: number; readonly recent: 0 | 1 | 2 };

const PRETREE_LENGTHS = Array.from({ length: 20 }, (_, symbol) =>
  symbol < 15 ? 4 : symbol < 17 ? 5 : 0,
);
const ALIGNED_LENGTHS = [1, 2, 3, 4, 5, 6, 7, 7];

/** 249 symbols that fill the code space: 242 of eight bits, seven of seven bits. */
const FULL_LENGTH_TREE = Array.from({ length: 249 }, (_, symbol) => (symbol < 7 ? 7 : 8));
export const EMPTY_LENGTH_TREE = Array.from({ length: 249 }, () => 0);

/** A complete main tree with every symbol: as many as possible are one bit shorter than the rest. */
export function fullMainTree(windowBits: number): number[] {
  const count = 256 + slotCount(windowBits) * 8;
  const bits = Math.ceil(Math.log2(count));
  const shorter = 2 ** bits - count;
  return Array.from({ length: count }, (_, symbol) => (symbol < shorter ? bits - 1 : bits));
}

/**
 * Writes LZX bit by bit, for tests that need a stream that no packer writes. It checks nothing: the test
 * decides where frames end.
 */
export class LzxWriter {
  readonly #windowBits: number;
  /** The current word and the number of its bits that are filled. */
  #word = 0;
  #wordBits = 0;
  #bytes: number[] = [];
  #mainLengths: number[];
  #lengthLengths = EMPTY_LENGTH_TREE;
  #isAligned = false;
  readonly #frames: CabBlockSpec[] = [];

  constructor(windowBits: number, translationBytes = 0) {
    this.#windowBits = windowBits;
    this.#mainLengths = fullMainTree(windowBits).map(() => 0);
    this.put(translationBytes === 0 ? 0 : 1, 1);
    if (translationBytes !== 0) {
      this.put(translationBytes >>> 16, 16);
      this.put(translationBytes & 0xffff, 16);
    }
  }

  put(value: number, count: number): void {
    let left = count;
    while (left > 0) {
      const taken = Math.min(left, 16 - this.#wordBits);
      left -= taken;
      this.#word = (this.#word << taken) | ((value >>> left) & ((1 << taken) - 1));
      this.#wordBits += taken;
      if (this.#wordBits === 16) {
        this.#bytes.push(this.#word & 0xff, this.#word >>> 8);
        this.#word = 0;
        this.#wordBits = 0;
      }
    }
  }

  blockHeader(type: number, length: number): void {
    this.put(type, 3);
    this.put(length, 24);
  }

  /** Opens a verbatim or an aligned block. */
  openBlock(
    length: number,
    trees: { isAligned?: boolean; main?: number[]; lengths?: number[] } = {},
  ): void {
    this.#isAligned = trees.isAligned ?? false;
    this.blockHeader(this.#isAligned ? 2 : 1, length);
    if (this.#isAligned) {
      for (const bits of ALIGNED_LENGTHS) {
        this.put(bits, 3);
      }
    }
    const main = trees.main ?? fullMainTree(this.#windowBits);
    this.codeLengths(main.slice(0, 256), this.#mainLengths.slice(0, 256));
    this.codeLengths(main.slice(256), this.#mainLengths.slice(256));
    this.#mainLengths = main;
    const lengths = trees.lengths ?? FULL_LENGTH_TREE;
    this.codeLengths(lengths, this.#lengthLengths);
    this.#lengthLengths = lengths;
  }

  uncompressedBlock(data: Uint8Array, recent: readonly number[] = [1, 1, 1]): void {
    this.blockHeader(3, data.length);
    this.put(0, 16 - this.#wordBits);
    const distances = Buffer.alloc(12);
    recent.forEach((distance, index) => distances.writeInt32LE(distance, index * 4));
    this.#bytes.push(...distances, ...data, ...(data.length % 2 === 1 ? [0] : []));
  }

  codeLengths(lengths: readonly number[], previous: readonly number[]): void {
    for (const bits of PRETREE_LENGTHS) {
      this.put(bits, 4);
    }
    lengths.forEach((length, symbol) => {
      this.#code(PRETREE_LENGTHS, ((previous[symbol] ?? 0) - length + 17) % 17);
    });
  }

  token(token: LzxToken): void {
    if ("literal" in token) {
      this.#code(this.#mainLengths, token.literal);
    } else if ("recent" in token) {
      this.#match(token.recent, token.length);
    } else {
      const position = token.distance + 2;
      const slot = POSITION_BASE.findLastIndex((base) => base <= position);
      this.#match(slot, token.length);
      this.#extraBits(slot, position - (POSITION_BASE[slot] ?? 0));
    }
  }

  endFrame(unpackedBytes = FRAME_BYTES): void {
    this.put(0, (16 - this.#wordBits) % 16);
    this.#frames.push({ data: Uint8Array.from(this.#bytes), unpackedBytes });
    this.#bytes = [];
  }

  get frames(): readonly CabBlockSpec[] {
    return this.#frames;
  }

  #match(slot: number, length: number): void {
    const header = Math.min(7, length - 2);
    this.#code(this.#mainLengths, 256 + slot * 8 + header);
    if (header === 7) {
      this.#code(this.#lengthLengths, length - 9);
    }
  }

  #extraBits(slot: number, value: number): void {
    const count = EXTRA_BITS[slot] ?? 0;
    if (this.#isAligned && count >= 3) {
      this.put(value >>> 3, count - 3);
      this.#code(ALIGNED_LENGTHS, value & 7);
    } else {
      this.put(value, count);
    }
  }

  #code(lengths: readonly number[], symbol: number): void {
    this.put(canonicalCodes(lengths)[symbol] ?? 0, lengths[symbol] ?? 0);
  }
}

const codesOfLengths = new Map<readonly number[], number[]>();

/** Codes in the order of length, then symbol. */
function canonicalCodes(lengths: readonly number[]): number[] {
  const known = codesOfLengths.get(lengths);
  if (known !== undefined) {
    return known;
  }
  const codes: number[] = [];
  let code = 0;
  for (let length = 1; length <= 16; length += 1) {
    code *= 2;
    lengths.forEach((own, symbol) => {
      if (own === length) {
        codes[symbol] = code;
        code += 1;
      }
    });
  }
  codesOfLengths.set(lengths, codes);
  return codes;
}
