import { DecodeError } from "#formats/cab/cab-error";

const MAX_CODE_BITS = 16;
const CODE_SPACE = 1 << MAX_CODE_BITS;

/**
 * Lookup table of a Huffman code, rebuilt in place for every block.
 *
 * The top `primaryBits` of the input select an entry: `symbol << 5 | length`. For a longer code the entry is
 * negative, and its complement is the offset of a second table for the remaining bits of 16.
 */
export class HuffmanTable {
  readonly primaryBits: number;
  readonly entries: Int32Array;
  /** Whether the code has no symbols: allowed only for match lengths, and must not be used for lookups. */
  isEmpty = false;
  readonly #secondaryBits: number;
  readonly #sorted: Uint16Array;
  readonly #counts = new Uint16Array(MAX_CODE_BITS + 1);

  constructor(symbolCount: number, primaryBits: number) {
    this.primaryBits = primaryBits;
    this.#secondaryBits = MAX_CODE_BITS - primaryBits;
    // A second table holds at least two codes, so there are at most half as many second tables as symbols.
    const secondTables = Math.min(1 << primaryBits, symbolCount >> 1);
    this.entries = new Int32Array((1 << primaryBits) + (secondTables << this.#secondaryBits));
    this.#sorted = new Uint16Array(symbolCount);
  }

  /** Like `build`, but also allows a code without symbols. */
  buildOrEmpty(lengths: Uint8Array): void {
    this.isEmpty = lengths.every((length) => length === 0);
    if (!this.isEmpty) {
      this.build(lengths);
    }
  }

  /** Throws unless the lengths fill the code space exactly; otherwise some bits would have no symbol. */
  build(lengths: Uint8Array): void {
    const used = this.#sortByLength(lengths);
    let space = 0;
    for (let length = 1; length <= MAX_CODE_BITS; length += 1) {
      space += (this.#counts[length] ?? 0) << (MAX_CODE_BITS - length);
    }
    if (space !== CODE_SPACE) {
      throw new DecodeError("a Huffman tree is not complete");
    }
    this.#fill(used, lengths);
  }

  #sortByLength(lengths: Uint8Array): number {
    const counts = this.#counts.fill(0);
    for (const length of lengths) {
      counts[length] = (counts[length] ?? 0) + 1;
    }
    const next = this.#firstPlaces();
    for (let symbol = 0; symbol < lengths.length; symbol += 1) {
      const length = lengths[symbol] ?? 0;
      if (length > 0) {
        const place = next[length] ?? 0;
        this.#sorted[place] = symbol;
        next[length] = place + 1;
      }
    }
    return next[MAX_CODE_BITS] ?? 0;
  }

  /** For each length, the index of its first symbol among all symbols sorted by length. */
  #firstPlaces(): Uint16Array {
    const places = new Uint16Array(MAX_CODE_BITS + 1);
    for (let length = 2; length <= MAX_CODE_BITS; length += 1) {
      places[length] = (places[length - 1] ?? 0) + (this.#counts[length - 1] ?? 0);
    }
    return places;
  }

  #fill(used: number, lengths: Uint8Array): void {
    const { primaryBits, entries } = this;
    let secondStart = 1 << primaryBits;
    let code = 0;
    for (const symbol of this.#sorted.subarray(0, used)) {
      const length = lengths[symbol] ?? 0;
      const entry = (symbol << 5) | length;
      const codeEnd = code + (1 << (MAX_CODE_BITS - length));
      if (length <= primaryBits) {
        entries.fill(entry, code >> this.#secondaryBits, codeEnd >> this.#secondaryBits);
      } else {
        const offset = code & ((1 << this.#secondaryBits) - 1);
        // Codes are in order, so the first code of a second table is at its beginning.
        if (offset === 0) {
          entries[code >> this.#secondaryBits] = ~secondStart;
          secondStart += 1 << this.#secondaryBits;
        }
        const start = secondStart - (1 << this.#secondaryBits) + offset;
        entries.fill(entry, start, start + codeEnd - code);
      }
      code = codeEnd;
    }
  }
}
