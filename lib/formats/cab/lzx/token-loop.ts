import { DecodeError } from "#formats/cab/cab-error";
import type { BitReader } from "#formats/cab/lzx/bit-reader";
import type { HuffmanTable } from "#formats/cab/lzx/huffman-table";
import type { LzxWindow } from "#formats/cab/lzx/lzx-window";
import { EXTRA_BITS, POSITION_BASE } from "#formats/cab/lzx/position-slots";

export const MAIN_PRIMARY_BITS = 11;
export const LENGTH_PRIMARY_BITS = 10;
export const ALIGNED_PRIMARY_BITS = 7;

const LITERALS = 256;
const MIN_MATCH_BYTES = 2;
const LONG_MATCH_HEADER = 7;
const FIRST_NEW_SLOT = 3;
const ALIGNED_BITS = 3;

export type LzxTrees = {
  readonly main: HuffmanTable;
  readonly length: HuffmanTable;
  /** Null in a verbatim block. */
  readonly aligned: HuffmanTable | null;
};

export type TokenInput = {
  readonly reader: BitReader;
  readonly window: LzxWindow;
  readonly trees: LzxTrees;
};

/**
 * Unpacks literals and matches until the window's position is `end`: the end of the frame or of the
 * block, whichever comes first. A match beyond `end` is an error.
 *
 * Most of the time is spent here, so this is one function over local variables: with bits and position in
 * fields it took 5 to 15 % longer.
 */
// eslint-disable-next-line complexity, max-lines-per-function -- see above
export function decodeTokens({ reader, window, trees }: TokenInput, end: number): void {
  const { words } = reader;
  const { bytes, recent, maxDistance, wrappedBytes } = window;
  const main = trees.main.entries;
  const lengths = trees.length.entries;
  const isLengthEmpty = trees.length.isEmpty;
  const aligned = trees.aligned?.entries ?? null;
  let { bitOffset } = reader;
  let { position } = window;

  while (position < end) {
    let word = bitOffset >> 4;
    let bits = (((words[word] ?? 0) << 16) | (words[word + 1] ?? 0)) << (bitOffset & 15);
    let entry = main[bits >>> (32 - MAIN_PRIMARY_BITS)] ?? 0;
    if (entry < 0) {
      entry = main[~entry + ((bits >>> 16) & ((1 << (16 - MAIN_PRIMARY_BITS)) - 1))] ?? 0;
    }
    bitOffset += entry & 31;
    const symbol = entry >> 5;
    if (symbol < LITERALS) {
      bytes[position] = symbol;
      position += 1;
      continue;
    }

    let length = symbol & LONG_MATCH_HEADER;
    if (length === LONG_MATCH_HEADER) {
      if (isLengthEmpty) {
        throw new DecodeError("a match has a length that no tree describes");
      }
      word = bitOffset >> 4;
      bits = (((words[word] ?? 0) << 16) | (words[word + 1] ?? 0)) << (bitOffset & 15);
      entry = lengths[bits >>> (32 - LENGTH_PRIMARY_BITS)] ?? 0;
      if (entry < 0) {
        entry = lengths[~entry + ((bits >>> 16) & ((1 << (16 - LENGTH_PRIMARY_BITS)) - 1))] ?? 0;
      }
      bitOffset += entry & 31;
      length += entry >> 5;
    }
    length += MIN_MATCH_BYTES;

    const slot = (symbol - LITERALS) >> 3;
    let distance;
    if (slot < FIRST_NEW_SLOT) {
      distance = recent[slot] ?? 0;
      recent[slot] = recent[0] ?? 0;
      recent[0] = distance;
    } else {
      let extraBits = EXTRA_BITS[slot] ?? 0;
      const isAligned = aligned !== null && extraBits >= ALIGNED_BITS;
      if (isAligned) {
        extraBits -= ALIGNED_BITS;
      }
      word = bitOffset >> 4;
      bits = (((words[word] ?? 0) << 16) | (words[word + 1] ?? 0)) << (bitOffset & 15);
      // Two shifts, because a shift by 32 is a shift by 0.
      let extra = (bits >>> 1) >>> (31 - extraBits);
      bitOffset += extraBits;
      if (isAligned) {
        word = bitOffset >> 4;
        bits = (((words[word] ?? 0) << 16) | (words[word + 1] ?? 0)) << (bitOffset & 15);
        entry = aligned[bits >>> (32 - ALIGNED_PRIMARY_BITS)] ?? 0;
        bitOffset += entry & 31;
        extra = (extra << ALIGNED_BITS) | (entry >> 5);
      }
      distance = (POSITION_BASE[slot] ?? 0) + extra - 2;
      recent[2] = recent[1] ?? 0;
      recent[1] = recent[0] ?? 0;
      recent[0] = distance;
    }

    if (distance < 1 || distance > maxDistance || distance > position + wrappedBytes) {
      throw new DecodeError("a match refers to data before the start of the folder");
    }
    if (position + length > end) {
      throw new DecodeError("a match goes over the end of its frame or block");
    }
    // Copies byte by byte: a match may overlap itself, and bulk copies were not faster at usual lengths.
    const matchEnd = position + length;
    const mask = bytes.length - 1;
    for (let from = position - distance; position < matchEnd; from += 1) {
      bytes[position] = bytes[from & mask] ?? 0;
      position += 1;
    }
  }

  reader.bitOffset = bitOffset;
  window.position = position;
}
